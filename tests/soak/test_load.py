"""A long mixed load: hot acts, edits, knots and long reads at once, from several processes."""

import random
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.audit.operations import record, tie_knot
from eventsite.audit.queries import verify_log
from eventsite.database import atomic, db, perform
from eventsite.kernel.clock import now
from tests.support.crowd import run_crowd
from tests.support.stall import BadStamp, Claim, Refused, Stamp, ask

pytestmark = [pytest.mark.soak, pytest.mark.both_databases]
SECONDS, STOCK = 40, 5


def toil(seed: int) -> dict[str, Any]:
    """Do random work for a while; return how often each kind succeeded and the longest wait."""
    dice, end = random.Random(seed), time.monotonic() + SECONDS
    done = {"stamp": 0, "claim": 0, "edit": 0, "bad": 0, "longest": 0.0}
    while (began := time.monotonic()) < end:
        kind = dice.choices(["stamp", "claim", "edit", "bad", "knot", "read"], [60, 10, 5, 10, 1, 1])[0]
        done[kind] = done.get(kind, 0) + WORK[kind](seed * 1_000_000 + sum(map(int, done.values())))
        done["longest"] = max(done["longest"], time.monotonic() - began)
        db.session.rollback()
    return done


def stamp(job: int) -> bool:
    return perform(Stamp(job, 1))


def claim(job: int) -> bool:
    return perform(Claim(job, 1))


def edit(job: int) -> bool:
    with atomic() as session:
        session.execute(text("UPDATE stock SET remaining = remaining"))
        record("account:1", "edit", f"stock:{job}", event_id=1, before={"n": 1}, after={"n": 2})
    return True


def bad(job: int) -> bool:
    with pytest.raises(Refused):
        perform(BadStamp(-1 - job, 1))
    return True


def knot(job: int) -> bool:
    return tie_knot(now()) is not None


def read(job: int) -> bool:
    for _ in range(5):
        db.session.execute(text("SELECT count(*) FROM audit")).scalar_one()
        time.sleep(0.05)
    return True


WORK = {"stamp": stamp, "claim": claim, "edit": edit, "bad": bad, "knot": knot, "read": read}


def test_everything_at_once_for_a_while(stall: Flask) -> None:
    answers = run_crowd(stall.config["SQLALCHEMY_DATABASE_URI"], toil, range(1, 13), processes=3, threads=4)

    total = {kind: sum(answer.get(kind, 0) for answer in answers if answer) for kind in WORK}
    assert None not in answers
    assert max(answer["longest"] for answer in answers) < 2
    assert ask(stall, "SELECT count(*) FROM stamp") == total["stamp"] > SECONDS * 50
    assert (total["claim"], ask(stall, "SELECT remaining FROM stock")) == (STOCK, 0)
    assert ask(stall, "SELECT count(*) FROM audit WHERE verb = 'edit'") == total["edit"] > 0
    with stall.app_context():
        report = verify_log()
    assert report.sound
    assert report.rows == total["stamp"] + total["claim"] + total["edit"]
