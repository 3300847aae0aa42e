"""What many do at once. Each check stands beside a careless twin that it must catch."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.audit.queries import verify_log
from eventsite.database import atomic, db, perform
from tests.support.crowd import run_crowd
from tests.support.stall import (
    BadStamp,
    Claim,
    Refused,
    Stamp,
    ask,
    claim_carelessly,
    stamp_carelessly,
    stamp_together,
)

pytestmark = pytest.mark.both_databases
STOCK = 5


def crowd(stall: Flask, work: Callable[[int], Any], jobs: Sequence[int]) -> list[Any]:
    return run_crowd(stall.config["SQLALCHEMY_DATABASE_URI"], work, jobs)


def oversold(stall: Flask, answers: list[Any]) -> list[str]:
    """Return what is wrong with a sale of five gifts."""
    faults = []
    if (given := answers.count(True)) != STOCK:
        faults.append(f"{given} were told that they have one of {STOCK}")
    if (rows := ask(stall, "SELECT count(*) FROM claim")) != STOCK:
        faults.append(f"{rows} claims of {STOCK} gifts")
    if (left := ask(stall, "SELECT remaining FROM stock")) != 0:
        faults.append(f"{left} are left")
    return faults


def doubled(stall: Flask, answers: list[Any], table: str) -> list[str]:
    """Return what is wrong with many stamping one pass at one booth."""
    faults = []
    if (first := answers.count(True)) != 1:
        faults.append(f"{first} were told that they were first")
    if (rows := ask(stall, f"SELECT count(*) FROM {table}")) != 1:
        faults.append(f"{rows} rows")
    return faults


def hurt(stall: Flask, jobs: Sequence[int], bad: Callable[[int], bool]) -> list[int]:
    """Return the good jobs that have no row, and the bad ones that have."""
    with stall.app_context():
        there = set(db.session.execute(text("SELECT pass_id FROM stamp")).scalars())
    return sorted({job for job in jobs if not bad(job)} ^ there)


def log_is_sound(stall: Flask, rows: int) -> bool:
    with stall.app_context():
        report = verify_log()
    return report.sound and report.rows == rows


def test_a_scarce_gift_is_never_oversold(stall: Flask) -> None:
    answers = crowd(stall, lambda job: perform(Claim(job, 1)), range(60))

    assert oversold(stall, answers) == []
    assert log_is_sound(stall, STOCK)


def test_a_scarce_gift_in_an_operation_is_never_oversold(stall: Flask) -> None:
    def work(job: int) -> bool:
        with atomic():
            return perform(Claim(job, 1))

    assert oversold(stall, crowd(stall, work, range(60))) == []
    assert log_is_sound(stall, STOCK)


def test_the_check_catches_a_sale_that_looks_first(stall: Flask) -> None:
    answers = crowd(stall, lambda job: claim_carelessly(job, 1), range(60))

    assert oversold(stall, answers)


def test_one_stamp_for_one_pass_however_often_it_is_sent(stall: Flask) -> None:
    answers = crowd(stall, lambda _: perform(Stamp(1, 1)), range(60))

    assert doubled(stall, answers, "stamp") == []
    assert ask(stall, "SELECT amount FROM stamps") == 1
    assert log_is_sound(stall, 1)


def test_the_check_catches_a_stamp_that_looks_first(stall: Flask) -> None:
    answers = crowd(stall, lambda _: stamp_carelessly(1, 1), range(60))

    assert doubled(stall, answers, "claim")


def bad(job: int) -> bool:
    return job % 10 == 3


def good_or_bad(job: int) -> Stamp:
    return BadStamp(job, 1) if bad(job) else Stamp(job, 1)


def test_a_bad_act_does_not_hurt_its_neighbours(stall: Flask) -> None:
    def work(job: int) -> bool:
        try:
            return perform(good_or_bad(job))
        except Refused:
            return False

    jobs = range(1, 101)
    answers = crowd(stall, work, jobs)

    assert (answers.count(True), answers.count(False)) == (90, 10)
    assert hurt(stall, jobs, bad) == []
    assert log_is_sound(stall, 90)


def test_the_check_catches_a_batch_without_savepoints(stall: Flask) -> None:
    def work(first: int) -> bool:
        try:
            stamp_together(
                [BadStamp(job, 1) if bad(job) else Stamp(job, 1) for job in range(first, first + 10)]
            )
        except Refused:
            return False
        return True

    crowd(stall, work, range(1, 101, 10))

    assert hurt(stall, range(1, 101), bad)
