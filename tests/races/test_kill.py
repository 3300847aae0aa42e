"""Kill a writing process without warning: what it had acknowledged is there, and the log verifies."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.audit.queries import verify_log
from eventsite.database import atomic, db, perform
from tests.support.crowd import Victim
from tests.support.stall import Stamp, ask

pytestmark = pytest.mark.both_databases


def lost(stall: Flask, noted: set[int]) -> set[int]:
    """Return the acknowledged jobs that have no row."""
    with stall.app_context():
        return noted - set(db.session.execute(text("SELECT pass_id FROM stamp")).scalars())


def stamp(job: int, acknowledge: Callable[[], None]) -> None:
    perform(Stamp(job, 1))
    acknowledge()


def stamp_hastily(job: int, acknowledge: Callable[[], None]) -> None:
    """Acknowledge before the commit, as the broken twin."""
    with atomic():
        perform(Stamp(job, 1))
        acknowledge()
        time.sleep(0.02)


@pytest.mark.parametrize("kills", [2])
def test_no_acknowledged_act_is_lost(stall: Flask, tmp_path: Path, kills: int) -> None:
    noted: set[int] = set()
    for n in range(kills):
        noted |= Victim(stall.config["SQLALCHEMY_DATABASE_URI"], stamp, tmp_path / f"notes{n}").kill(
            after=100
        )

    assert len(noted) >= 100 * kills
    assert lost(stall, noted) == set()
    with stall.app_context():
        report = verify_log()
    assert report.sound
    assert (
        report.rows
        == ask(stall, "SELECT count(*) FROM stamp")
        == ask(stall, "SELECT sum(amount) FROM stamps")
    )


def test_the_check_catches_an_answer_before_the_commit(stall: Flask, tmp_path: Path) -> None:
    url, missing = stall.config["SQLALCHEMY_DATABASE_URI"], set[int]()
    for n in range(10):
        missing |= lost(stall, Victim(url, stamp_hastily, tmp_path / f"notes{n}").kill(after=5))
        if missing:
            return

    assert missing
