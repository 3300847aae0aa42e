"""Kill again and again under load: nothing acknowledged is lost, nothing oversold, counters and log agree."""

import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from eventsite.audit.queries import verify_log
from eventsite.database import close, db, perform
from tests.support.crowd import Victim
from tests.support.postgres import PostgresServer
from tests.support.stall import Claim, Stamp, ask, make_stall, make_tables

pytestmark = pytest.mark.soak
KILLS, CRASHES, STOCK = 25, 6, 400


@pytest.fixture
def durable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """Give a PostgreSQL server that keeps what it acknowledges."""
    home = tmp_path_factory.mktemp("durable")
    for folder in (home, *home.parents[:2]):
        folder.chmod(0o755)  # root's PostgreSQL runs as nobody
    server = PostgresServer(home / "pg", durable=True)
    server.ensure_started()
    yield server
    server.stop()


def stamp_and_claim(job: int, acknowledge: Callable[[], None]) -> None:
    perform(Stamp(job, 1))
    if job % 5 == 0:
        perform(Claim(job, 1))
    acknowledge()


def lost(app: Flask, noted: set[int]) -> set[int]:
    with app.app_context():
        return noted - set(db.session.execute(text("SELECT pass_id FROM stamp")).scalars())


def books_agree(app: Flask) -> bool:
    with app.app_context():
        report = verify_log()
    stamps, claims = ask(app, "SELECT count(*) FROM stamp"), ask(app, "SELECT count(*) FROM claim")
    return (
        report.sound
        and report.rows == stamps + claims
        and ask(app, "SELECT sum(amount) FROM stamps") == stamps
        and ask(app, "SELECT remaining FROM stock") == STOCK - claims >= 0
    )


@pytest.mark.both_databases
def test_many_kills_lose_nothing(stall: Flask, tmp_path: Path) -> None:
    stall_with(stall, STOCK)
    url, noted, dice = stall.config["SQLALCHEMY_DATABASE_URI"], set[int](), random.Random(7)
    for n in range(KILLS):
        noted |= Victim(url, stamp_and_claim, tmp_path / f"notes{n}").kill(after=dice.randrange(1, 400))

    assert lost(stall, noted) == set()
    assert books_agree(stall)


def stall_with(app: Flask, gifts: int) -> None:
    with app.app_context(), db.engine.execution_options(write=True).begin() as connection:
        connection.execute(text("UPDATE stock SET remaining = :gifts"), {"gifts": gifts})


def crash(server: PostgresServer, url: str, notes: Path, after: int) -> set[int]:
    """Crash the server under load, kill the client, start the server again; return what was acknowledged."""
    victim = Victim(url, stamp_and_claim, notes)
    victim.wait(after)
    server.stop(signal.SIGQUIT)
    noted = victim.kill(after=0)
    server.start()
    return noted


def test_crashes_of_postgres_lose_nothing(durable: PostgresServer, tmp_path: Path) -> None:
    url, noted = durable.create_database("site"), set[int]()
    first = make_stall(url)
    make_tables(first, gifts=STOCK)
    close(first)
    for n in range(CRASHES):
        noted |= crash(durable, url, tmp_path / f"notes{n}", after=150)

    app = make_stall(url, TESTING=False)
    assert len(noted) >= 150 * CRASHES
    assert lost(app, noted) == set()
    assert books_agree(app)
    close(app)


def test_the_check_catches_a_server_that_does_not_wait_for_the_disk(
    durable: PostgresServer, tmp_path: Path
) -> None:
    url = durable.create_database("hasty")
    first = make_stall(url)
    make_tables(first, gifts=STOCK)
    close(first)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as cx:
        cx.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        cx.execute("SELECT pg_reload_conf()")
        cx.execute("ALTER DATABASE hasty SET synchronous_commit = off")

    noted = crash(durable, url, tmp_path / "notes", after=150)

    app = make_stall(url)
    assert lost(app, noted)
    close(app)
