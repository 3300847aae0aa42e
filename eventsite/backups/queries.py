"""Reading backups, and proving that one can be restored."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy.engine import URL, make_url

from eventsite import database
from eventsite.audit.core import TiedKnot
from eventsite.audit.queries import verify_log
from eventsite.backups import uploads
from eventsite.backups.core import DAILY, Manifest, differences, read_manifest
from eventsite.backups.errors import BadBackup
from eventsite.backups.kinds import kind_of
from eventsite.kernel.lanes import EPOCH

FOLDER = "backups"
MANIFEST = ".json"


def backups_folder() -> Path:
    """Return where the site's backups lie."""
    return Path(current_app.config["INSTANCE_DIR"]) / FOLDER


def site_database() -> URL:
    """Return the address of the site's database."""
    return make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])


def list_backups(folder: Path, kind: str = DAILY) -> list[Path]:
    """Return the manifests of whole backups of a kind, the oldest first."""
    return sorted(folder.glob(f"{kind}-*{MANIFEST}"))


def was_backed_up_between(folder: Path, since: datetime, until: datetime) -> bool:
    """Tell whether a whole backup was made in that time.

    One whose manifest cannot be read does not count, nor one of a time to come, which a wrong clock left.
    """
    return any(since < made_at <= until for made_at in map(_made_at, list_backups(folder)) if made_at)


def _made_at(manifest: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(_manifest(manifest).made_at)
    except (BadBackup, ValueError):
        return None


def get_manifest(file: Path) -> Manifest:
    """Return what is said beside a backup; raises `BadBackup` unless the file is the one described."""
    manifest = _manifest(file.with_suffix(MANIFEST))
    if not file.exists():
        raise BadBackup("There is no file %(file)s.", file=str(file))
    if sha256_of(file) != manifest.sha256:
        raise BadBackup("%(file)s was changed: its SHA-256 is not the one of the manifest.", file=file.name)
    return manifest


def verify_backup(file: Path, url: URL) -> list[str]:
    """Restore a backup into a scratch database beside `url` and return what is wrong with it.

    Checked are the database's own integrity, the rows of every table, the audit log with its chains, and
    every file that rows name.
    """
    manifest = get_manifest(file)
    kind = kind_of(url)
    if not file.name.endswith(kind.SUFFIX):
        raise BadBackup(
            "%(file)s is of %(other)s, the site's database is another.",
            file=file.name,
            other=manifest.database,
        )
    with kind.scratch(file, url) as scratch:
        faults = kind.faults_of(scratch)
        faults += differences(manifest.contents, kind.contents(scratch))
        faults += _log_faults(scratch, manifest)
    faults += uploads.faults_of(file.parent, manifest.contents.files)
    return faults


def needed_files(folder: Path) -> set[str] | None:
    """Return the hashes of the files that backups of the folder need; `None` where a manifest is broken."""
    try:
        manifests = [_manifest(path) for path in folder.glob(f"*{MANIFEST}")]
    except BadBackup:
        return None
    return {sha256 for manifest in manifests for sha256 in manifest.contents.files}


def sha256_of(file: Path) -> str:
    """Return a file's SHA-256 in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _manifest(path: Path) -> Manifest:
    try:
        return read_manifest(path.read_text("utf-8"))
    except OSError as error:
        raise BadBackup("There is no manifest %(file)s beside the backup.", file=path.name) from error


def _log_faults(url: URL, manifest: Manifest) -> list[str]:
    told = manifest.contents
    last = [TiedKnot(n=told.knot, at=EPOCH, hash=told.knot_hash)] if told.knot else []
    with _site_on(url):
        return [str(fault) for fault in verify_log(last).faults]


@contextmanager
def _site_on(url: URL) -> Iterator[None]:
    """Open a database as a site does, with nothing else of the site."""
    site = Flask(__name__)
    site.config["SQLALCHEMY_DATABASE_URI"] = url.render_as_string(hide_password=False)
    site.config["TESTING"] = current_app.testing
    database.init_app(site)
    with site.app_context():
        yield
    database.close(site)
