"""Pin the newest allowed dependencies into requirements/*.txt, with hashes and without any address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--quiet --upgrade --generate-hashes --universal --python-version 3.11 "
    "--no-header --no-emit-index-url --no-emit-find-links"
)
COMPILE = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS.split()]


def main() -> None:
    """Compile the runtime lock first, then the development lock inside its bounds."""
    compile_lock("runtime")
    compile_lock("development", "--constraint", "requirements/runtime.txt")
    subprocess.run([sys.executable, "tools/check_requirements.py"], cwd=ROOT, check=True)


def compile_lock(name: str, *options: str) -> None:
    """Write requirements/NAME.txt from requirements/NAME.in."""
    lock = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
    subprocess.run([*COMPILE, *lock, *options], cwd=ROOT, check=True)
    print(f"requirements/{name}.txt is written.")


if __name__ == "__main__":
    main()
