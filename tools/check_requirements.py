"""Check the locks: every pin has a hash, no address of an index got in, and the two locks agree."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
OPTION = r"-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host"
ADDRESS = re.compile(rf"\w+://|^\s*(?:{OPTION})\b", re.MULTILINE)


def main() -> None:
    """Name every fault and end with status 1, or say that the locks are sound."""
    faults = list(faults_in(REQUIREMENTS))
    print("\n".join(faults) or "The locks are sound.")
    sys.exit(1 if faults else 0)


def faults_in(folder: Path) -> Iterator[str]:
    """Name what is wrong with the locks in a folder."""
    locks = {lock.stem: lock.read_text("utf-8") for lock in sorted(folder.glob("*.txt"))}
    for stem, text in locks.items():
        wanted = NAME.findall((folder / f"{stem}.in").read_text("utf-8"))
        yield from (f"{stem}.txt: an address or index option: {found[0]}" for found in ADDRESS.finditer(text))
        yield from (f"{stem}.txt: {name} has no hash" for name in unhashed(text))
        yield from (f"{stem}.txt: {name} is not pinned" for name in wanted if plain(name) not in pins(text))
    development = pins(locks["development"])
    for name, version in pins(locks["runtime"]).items():
        if development.get(name) != version:
            yield f"{name} is {version} in runtime.txt and {development.get(name)} in development.txt"


def pins(text: str) -> dict[str, str]:
    """Read a lock as name → version."""
    return {plain(name): version for name, version in PIN.findall(text)}


def plain(name: str) -> str:
    """Write a package name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def unhashed(text: str) -> Iterator[str]:
    """Name the pins that no `--hash` follows."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        pin = PIN.match(block)
        if pin and "--hash=sha256:" not in block:
            yield pin[1]


if __name__ == "__main__":
    main()
