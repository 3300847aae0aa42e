"""The set-up keeps its promises: targets, locks, settings and the verdict are where they are said to be."""

import re
import subprocess
from pathlib import Path

import pytest

from tools.check_requirements import faults_in

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
SET_BY_TESTS = {"EVENTSITE_TEST_HOME"}


def makefile_targets() -> set[str]:
    """Read the names in front of every rule of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def settings_in_code() -> set[str]:
    """Find every setting that the code names, in full or through `_setting`."""
    files = [ROOT / "config.py", *(ROOT / "eventsite").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in files)
    short = (f"EVENTSITE_{name}" for name in re.findall(r'_setting\("([A-Z_]+)"', text))
    return {*short, *re.findall(r"\bEVENTSITE_[A-Z][A-Z_]*[A-Z]\b", text)} - SET_BY_TESTS


def settings_in(name: str) -> set[str]:
    """Find every setting that a document names."""
    return set(re.findall(r"\bEVENTSITE_[A-Z][A-Z_]*[A-Z]\b", (ROOT / name).read_text("utf-8")))


def test_make_help_documents_every_target() -> None:
    answer = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = {line.split()[1]: line.split(maxsplit=2)[2] for line in answer.splitlines()}
    assert set(listed) == makefile_targets()
    assert all(listed.values())


def test_targets_of_the_surface_exist() -> None:
    promised = {"run", "test", "soak", "check", "bench", "screenshots", "clients", "help"}
    assert promised <= makefile_targets()


def test_locks_have_hashes_and_no_address() -> None:
    assert list(faults_in(REQUIREMENTS)) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("flask==3.1.3\n", "runtime.txt: flask has no hash"),
        ("--extra-index-url mirror\n", "runtime.txt: an address or index option: --extra-index-url"),
        ("# from https://index.example\n", "runtime.txt: an address or index option: https://"),
    ],
)
def test_lock_with_a_fault_is_named(tmp_path: Path, line: str, fault: str) -> None:
    sound = "click==8.0 \\\n    --hash=sha256:00\n"
    for name in ("runtime", "development"):
        (tmp_path / f"{name}.in").write_text("click\n")
        (tmp_path / f"{name}.txt").write_text(sound)
    (tmp_path / "runtime.txt").write_text(sound + line)
    assert fault in list(faults_in(tmp_path))


def test_ci_makes_the_four_targets() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^step (\w+)$", script, re.MULTILINE) == ["test", "check", "soak", "clients"]


def test_configuration_lists_every_setting_of_the_code() -> None:
    assert settings_in("docs/configuration.md") == settings_in_code()


def test_example_names_only_documented_settings() -> None:
    assert settings_in(".env.example") <= settings_in("docs/configuration.md")


def test_npm_lock_holds_no_address() -> None:
    lock = (ROOT / "clients" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')
