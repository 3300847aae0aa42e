# The fair site from the command line. `make help` lists every target.
# Needs Python 3.11 or newer with its venv module, git and make; the rest goes into .venv/.

SHELL := /bin/sh
PY := .venv/bin/python
# The set-up helper runs on the environment's own Python once there is one; PYTHON= picks that of a new one.
define SETUP
@python=$$(test -x $(PY) && echo $(PY) || command -v "$${PYTHON:-python3}" || command -v python3.11) || \
	{ echo "Python 3.11 or newer is needed, and no python3 was found. Install it, then run make again."; exit 1; }; \
	exec "$$python" tools/environment.py
endef

.DEFAULT_GOAL := help
.PHONY: help run test soak check format lock catalogs bench screenshots clients hooks clean runtime development

help: ## list every target, one line each
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r target does; do printf '  make %-12s %s\n' "$$target" "$$does"; done

run: runtime ## set up and serve the fair at http://127.0.0.1:8000 (PORT=, HOST=)
	@exec $(PY) -m eventsite.server

test: development ## the test suite (PYTEST_ARGS= adds pytest options)
	@$(PY) -m pytest -n auto --maxprocesses=4 --dist=worksteal $(PYTEST_ARGS)

soak: development ## kill, power, load, million-row and real-client tests
	@$(PY) -m pytest -m soak $(PYTEST_ARGS) || { code=$$?; test $$code -eq 5 && echo "No soak test exists yet."; }

check: development ## formatting, lint, types, template lint, catalogs, old engines, requirements
	@$(PY) tools/check.py

format: development ## put our Python into the house's format
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

lock: development ## pin the newest allowed dependencies, with hashes, from requirements/*.in
	@$(PY) tools/lock.py

catalogs: development ## collect the marked strings into translations/ and compile them
	@$(PY) tools/catalogs.py update

bench: development ## ratios against bare programs measured in the same run (QUICK=1: 2 minutes)
	@$(PY) -m bench

screenshots: development ## pages as pictures into docs/screenshots/
	@$(PY) -m tests.browser.screenshots

clients: runtime ## third-party clients read our exports (uses Node and npm)
	@bash clients/run

hooks: ## let git run .githooks/pre-commit before each commit
	@git config core.hooksPath .githooks

clean: ## remove the environment and caches; instance/ stays
	@rm -rf .venv .build .pytest_cache .mypy_cache .ruff_cache clients/node_modules

runtime: ## only the environment that the site needs
	$(SETUP) runtime

development: ## only the environment that tests and checks need
	$(SETUP) development
