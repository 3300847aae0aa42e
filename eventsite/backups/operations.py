"""Making backups and putting them back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.engine import URL

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.backups import uploads
from eventsite.backups.core import DAILY, RESCUED, Manifest, backup_name, write_manifest
from eventsite.backups.errors import BadBackup, DatabaseInUse, ToolFailed
from eventsite.backups.kinds import kind_of
from eventsite.backups.queries import (
    MANIFEST,
    get_manifest,
    list_backups,
    needed_files,
    sha256_of,
    verify_backup,
)
from eventsite.database import atomic, close, db, writes
from eventsite.files.store import files_folder


def create_backup(url: URL, folder: Path, *, now: datetime, kind: str = DAILY) -> Path:
    """Write the database into a new file of the folder, with its manifest, and return the file.

    The files that its rows name are copied beside it, unless an older backup has them there already.
    The manifest comes last: what has none was not finished. Only the owner may read either.
    """
    engine = kind_of(url)
    file = folder / backup_name(kind, now, engine.SUFFIX)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists():
        raise DatabaseInUse("There is a backup of this second already: %(file)s", file=file.name)
    with _unfinished(file.with_suffix(".part")) as part:
        contents = engine.dump(url, part)
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            database=url.get_backend_name(),
            file=file.name,
            size=part.stat().st_size,
            sha256=sha256_of(part),
            contents=contents,
        )
        uploads.copy_in(folder, files_folder(), contents.files)
        _settle(part, file)
    with _unfinished(file.with_suffix(".note")) as note:
        note.write_text(write_manifest(manifest), "utf-8")
        _settle(note, file.with_suffix(MANIFEST))
    return file


def prune_backups(folder: Path, *, keep: int) -> list[Path]:
    """Remove the oldest daily backups beyond `keep`, and return the manifests removed.

    The files that only they needed go with them, as long as every manifest can be read.
    """
    old = list_backups(folder)[:-keep]
    for manifest in old:
        for file in folder.glob(f"{manifest.stem}.*"):
            file.unlink()
    needed = needed_files(folder) if old else None
    if needed is not None:
        uploads.let_go(folder, needed)
    return old


def restore_backup(
    actor: Actor, file: Path, url: URL, folder: Path, *, now: datetime, replace: bool
) -> Path | None:
    """Put a proved backup in the place of the database; return the rescued copy of what was there.

    The site has to be stopped. Raises `BadBackup` for one that does not prove sound and `DatabaseInUse` where
    rows would be overwritten without `replace`. The log of the restored database says that it was restored.
    """
    faults = verify_backup(file, url)
    if faults:
        raise BadBackup("This backup is not sound: %(faults)s", faults="; ".join(faults))
    engine = kind_of(url)
    _let_go()
    engine.refuse_if_open(url)
    rescued = None
    if any(engine.contents(url).rows.values()):
        if not replace:
            raise DatabaseInUse("The database holds rows. With --replace they are kept aside and replaced.")
        rescued = create_backup(url, folder, now=now, kind=RESCUED)
    uploads.copy_back(file.parent, files_folder(), get_manifest(file).contents.files)
    _load(file, url, rescued)
    with atomic():
        record(actor, "restore backup", "site:database", file=file.name)
    return rescued


def _load(file: Path, url: URL, rescued: Path | None) -> None:
    """Load a backup; where that fails half-way, say where what was there is kept."""
    try:
        kind_of(url).load(file, url)
    except ToolFailed as error:
        if rescued is None:
            raise
        raise ToolFailed(
            "%(why)s The database may be empty now; what was there is kept: %(file)s",
            why=str(error),
            file=str(rescued),
        ) from error


def _let_go() -> None:
    """End this process's own hold on the database; the next use opens it again, with lanes of its own."""
    db.session.remove()
    writes().lanes.clear()
    close(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """Make an empty file for the owner alone; what has no lasting name at the end of the block goes."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _settle(part: Path, file: Path) -> None:
    """Make a written file durable, then give it its name."""
    for path, flags in ((part, os.O_RDONLY), (part.parent, os.O_RDONLY | os.O_DIRECTORY)):
        handle = os.open(path, flags)
        os.fsync(handle)
        os.close(handle)
    part.replace(file)
