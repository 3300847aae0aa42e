"""Run every check of `make check`, all of them, and end with the names of those that failed."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
OXLINT = str(Path(PYTHON).parent / "oxlint")

CHECKS: dict[str, list[str]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "templates": [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
    "template rules": [PYTHON, "-m", "tools.check_templates"],
    "scripts": [OXLINT, "--deny-warnings", "--quiet", "static/js"],
    "old engines": [PYTHON, "-m", "tools.check_old_engines"],
    "catalogs": [PYTHON, "-m", "tools.catalogs", "check"],
    "requirements": [PYTHON, "-m", "tools.check_requirements"],
}


def main() -> None:
    """Run all checks, or those named as arguments."""
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        sys.exit(f"No such check: {', '.join(unknown)}. There are: {', '.join(CHECKS)}")
    failed = [name for name in names if not passes(name)]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def passes(name: str) -> bool:
    """Run one check; print what it says only when it fails."""
    started = time.monotonic()
    result = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = "ok" if result.returncode == 0 else "FAILED"
    print(f"{name:<16}{verdict:<8}{time.monotonic() - started:5.1f} s", flush=True)
    if result.returncode != 0:
        print(result.stdout + result.stderr, flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    main()
