"""Make .venv/ ready for `make run` or `make test`, in a blink when nothing changed.

Runs before anything is installed, on whatever Python 3 the machine has: standard library only, and no
syntax that would keep an old Python from saying what is missing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LOCKS = {"runtime": ["runtime"], "development": ["runtime", "development"]}
CANDIDATES = ["python3.11", "python3", "python3.12", "python3.13", "python3.14"]
PROBE = "import sys; print('%d.%d' % sys.version_info[:2]); import venv, ensurepip"


def main() -> None:
    """Install the named lock where it changed, and compile the catalogs that changed."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted not in LOCKS:
        sys.exit("Usage: environment.py runtime|development")
    os.chdir(str(ROOT))
    if Path(sys.prefix) != VENV:
        continue_inside(wanted)
    locks = {name: fingerprint(name) for name in LOCKS[wanted]}
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if any(installed.get(name) != lock for name, lock in locks.items()):
        if not venv_works():
            continue_inside(wanted)
        install(wanted)
        STAMP.write_text(json.dumps(dict(installed, **locks), indent=1) + "\n")
    if catalogs_changed():
        run([sys.executable, "tools/catalogs.py", "compile"], "The translations could not be compiled.")


def continue_inside(wanted: str) -> None:
    """Make .venv/ where none works, and start this program again on its Python."""
    if not venv_works():
        python = find_python()
        say("Making the environment .venv/ with %s …" % python)
        run([python, "-m", "venv", "--clear", str(VENV)], "The environment .venv/ could not be made.")
    os.execv(str(VENV_PYTHON), [str(VENV_PYTHON), __file__, wanted])


def fingerprint(name: str) -> str:
    """Hash a lock, together with the Python that it is installed for."""
    lock = (ROOT / "requirements" / (name + ".txt")).read_bytes()
    return "%d.%d %s" % (sys.version_info[0], sys.version_info[1], hashlib.sha256(lock).hexdigest())


def install(wanted: str) -> None:
    """Install one lock into the environment, every file checked against its hash."""
    say("Installing the locked %s packages into .venv/ (a minute or two, once) …" % wanted)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--use-pep517"]
    run(
        [*pip, "--require-hashes", "-r", "requirements/%s.txt" % wanted],
        "The packages could not be installed. Behind a slow or closed network, tell pip of a mirror\n"
        "(`pip config set global.index-url …`) and run make again.",
    )


def venv_works() -> bool:
    """Tell whether .venv/ holds a Python new enough, with pip."""
    if not VENV_PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.call([str(VENV_PYTHON), "-c", probe], stderr=subprocess.DEVNULL) == 0


def find_python() -> str:
    """Pick an interpreter of 3.11 or newer that can make environments, or say what to install."""
    chosen = os.environ.get("PYTHON")
    without_venv = None
    for name in [chosen] if chosen else CANDIDATES:
        path = shutil.which(name)
        version, complete = probe(path) if path else (None, False)
        if path is None or version is None or version < (3, 11):
            continue
        if complete:
            return path
        without_venv = without_venv or (path, version)
    if without_venv:
        sys.exit(
            "%s is new enough but cannot make environments: its venv module is not installed.\n"
            "On Debian and Ubuntu: apt-get install python%d.%d-venv. Then run make again."
            % (without_venv[0], *without_venv[1])
        )
    sys.exit(
        "Python 3.11 or newer is needed, and none was found (looked for %s).\n"
        "Install it, or name it: make run PYTHON=/path/to/python3.11" % (chosen or ", ".join(CANDIDATES))
    )


def probe(python: str) -> "tuple[tuple[int, int] | None, bool]":
    """Ask an interpreter for its version, and whether it has what an environment needs."""
    child = subprocess.Popen([python, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    answer = child.communicate()[0].decode().split(".")
    if len(answer) != 2:
        return None, False
    return (int(answer[0]), int(answer[1])), child.returncode == 0


def catalogs_changed() -> bool:
    """Tell whether a catalog's compiled twin is missing or was made from another text of it."""
    for catalog in ROOT.glob("translations/*/LC_MESSAGES/*.po"):
        compiled = catalog.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime != catalog.stat().st_mtime:
            return True
    return False


def run(command: "list[str]", failure: str) -> None:
    """Run one step; when it fails, end with a sentence that says what that means."""
    env = dict(os.environ, PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0")
    if subprocess.call(command, env=env) != 0:
        sys.exit("\n" + failure)


def say(sentence: str) -> None:
    """Print a sentence at once, also into a pipe."""
    print(sentence)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
