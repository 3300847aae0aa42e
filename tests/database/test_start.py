import logging
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.database import close, db
from eventsite.database.postgres import refuse_forgetful
from eventsite.kernel.errors import Misconfigured
from tests.support.stall import make_stall, make_tables


def test_every_sqlite_connection_is_durable(stall: Flask) -> None:
    with stall.app_context():
        found = [
            db.session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")
        ]
        keys = db.session.execute(text("PRAGMA foreign_keys")).scalar()

    assert (found, keys) == (["wal", 2], 1)


def test_sqlite_in_memory_is_refused() -> None:
    with pytest.raises(Misconfigured, match="file"):
        make_stall("sqlite://")


def test_a_place_that_cannot_keep_a_log_is_refused(tmp_path: Path) -> None:
    made = make_stall(f"sqlite:///{tmp_path}/a.db")
    make_tables(made)
    close(made)
    with pytest.raises(Misconfigured, match="journal_mode"):
        make_stall(f"sqlite:///file:{tmp_path}/a.db?immutable=1&uri=true")


def test_postgres_that_forgets_is_refused(sites) -> None:
    url = sites.new_url("postgres")
    with pytest.raises(Misconfigured, match="fsync"):
        make_stall(url, TESTING=False)


def test_postgres_with_forgetful_sessions_is_refused(sites) -> None:
    url = sites.new_url("postgres").replace("+psycopg", "")
    with psycopg.connect(url) as cx:
        cx.execute("SET synchronous_commit = off")
        cx.commit()
        with pytest.raises(Misconfigured, match=r"fsync|synchronous_commit"):
            refuse_forgetful(cx)


def test_a_database_out_of_reach_is_logged_and_the_site_starts(tmp_path: Path, caplog) -> None:
    with caplog.at_level(logging.ERROR):
        made = make_stall(f"postgresql+psycopg://postgres@/none?host={tmp_path}")
    close(made)

    assert "out of reach" in caplog.text


def test_database_file_is_its_owners_alone(tmp_path: Path) -> None:
    made = make_stall(f"sqlite:///{tmp_path}/a.db")
    make_tables(made)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    close(made)
    assert "a.db" in modes
    assert set(modes.values()) == {0o600}
