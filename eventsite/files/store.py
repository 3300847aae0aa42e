"""Bytes on the disk, outside the web root: written once under their hash, never changed, swept when unnamed.

A file is there whole or not at all: it is written beside its place, made durable, then renamed. A writer
that finds its bytes already there touches them; the sweep takes only what nobody has touched for a day. Both
hold a lock on the folder meanwhile (writers a shared one), which works across the hosts of a share.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from eventsite.files.errors import FileGone, NoRoom
from eventsite.kernel.words import N_

LOCK = ".lock"
PART = ".part"
ROOM = 2**30  # bytes that stay free: a database on a full disk takes no stamp any more
HASH = re.compile("[0-9a-f]{64}")


def files_folder() -> Path:
    """Return where the site's files lie."""
    return Path(current_app.config["FILES_DIR"])


def place_of(folder: Path, sha256: str) -> Path:
    """Return where bytes with that hash lie."""
    return folder / sha256[:2] / sha256


def check_room(folder: Path, *, room: int = ROOM) -> None:
    """Raise `NoRoom` where taking files in would fill the disk; strangers may send gigabytes an hour."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < room:
        raise NoRoom(N_("There is no room for files at the moment. Please tell the organizers."))


def lay_down(folder: Path, data: bytes) -> str:
    """Keep the bytes durably and return their SHA-256 in hexadecimal digits."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = place_of(folder, sha256)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder, fcntl.LOCK_SH):
        if place.exists() and place.stat().st_size == len(data):
            os.utime(place)
        else:
            _write(place, data)
    return sha256


def take_up(folder: Path, sha256: str) -> bytes:
    """Return the bytes with that hash; raises `FileGone` where they are gone or are others."""
    try:
        data = place_of(folder, sha256).read_bytes()
    except FileNotFoundError as error:
        raise FileGone(N_("This file is no longer here.")) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileGone(N_("This file was damaged on the server's disk. Tell the organizers."))
    return data


def spare(folder: Path, hashes: Collection[str]) -> None:
    """Let bytes lie for another day, so that a backup that runs meanwhile still finds them."""
    for sha256 in hashes:
        place = place_of(folder, sha256)
        if place.exists():
            os.utime(place)


def sweep(folder: Path, named: Collection[str], *, untouched_since: float) -> list[str]:
    """Remove what no row names and nobody has touched since, and return its names; halves go the same way.

    `untouched_since` is in seconds of the machine's clock. Nothing else in the folder is touched.
    """
    gone = []
    for place in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
        ours = HASH.fullmatch(place.name) or place.suffix == PART
        if not ours or place.name in named or place.stat().st_mtime >= untouched_since:
            continue
        with _locked(folder, fcntl.LOCK_EX):
            if place.exists() and place.stat().st_mtime < untouched_since:
                place.unlink()
                gone.append(place.name)
    return gone


def _write(place: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent):  # the new name, and perhaps its new folder
        _settle(folder)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)


@contextmanager
def _locked(folder: Path, kind: int) -> Iterator[None]:
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, kind)
        yield
