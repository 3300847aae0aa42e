"""The files that rows name, beside the backups: each once under its hash, however many backups need it."""

from collections.abc import Iterable
from pathlib import Path

from eventsite.backups.errors import BadBackup
from eventsite.files.errors import FileGone
from eventsite.files.store import lay_down, place_of, take_up

FOLDER = "files"


def copy_in(backups: Path, store: Path, hashes: Iterable[str]) -> None:
    """Copy the files that are not there yet; what the store itself has lost is found by `faults_of`."""
    for sha256 in hashes:
        if not place_of(backups / FOLDER, sha256).exists():
            try:
                lay_down(backups / FOLDER, take_up(store, sha256))
            except FileGone:
                continue


def faults_of(backups: Path, hashes: Iterable[str]) -> list[str]:
    """Return which files are missing, or are not what their hash says."""
    return [
        f"file {sha256[:12]} is missing or damaged" for sha256 in hashes if not _is_sound(backups, sha256)
    ]


def copy_back(backups: Path, store: Path, hashes: Iterable[str]) -> None:
    """Put the files into the store, before the rows that name them; raises `BadBackup`."""
    for sha256 in hashes:
        try:
            lay_down(store, take_up(backups / FOLDER, sha256))
        except FileGone as error:
            raise BadBackup("File %(file)s is missing or damaged.", file=sha256[:12]) from error


def let_go(backups: Path, needed: Iterable[str]) -> None:
    """Remove the files that no backup of the folder needs any more."""
    kept = set(needed)
    for path in (backups / FOLDER).glob("[0-9a-f][0-9a-f]/*"):
        if path.name not in kept:
            path.unlink()


def _is_sound(backups: Path, sha256: str) -> bool:
    try:
        take_up(backups / FOLDER, sha256)
    except FileGone:
        return False
    return True
