"""The queue behind the jobs, and the one process that works on it."""

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey

from eventsite import database
from eventsite.jobs.schedule import JOBS, Job
from eventsite.jobs.telling import tell_soon
from eventsite.jobs.waiting import watch
from eventsite.kernel.secretfile import make_private
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.operations import signing_keys

NAME = "eventsite"
WORKERS = 2  # so that a long backup holds up no knot
POLL, HEALTH = 1.0, 10.0  # seconds
PATIENCE = 1.5  # seconds that a running job is given to finish when the process is asked to stop


def open_queue(app: Flask) -> Huey:
    """Return the queue with all jobs: in Redis where it is set, else in a file; in tests they run at once."""
    queue = _store(app)
    for job in JOBS:
        queue.periodic_task(job.when, name=job.name)(_in_context(app, job))
    return queue


def work(app: Flask) -> None:
    """Run the jobs until SIGTERM, SIGINT or SIGHUP; ends within two seconds of it."""
    stop = threading.Event()
    for purpose in KeyPurpose:  # their public parts are published from now on
        signing_keys(app.config["KEYS_DIR"], purpose)
    consumer = open_queue(app).create_consumer(
        workers=WORKERS, max_delay=POLL, shutdown_timeout=PATIENCE, worker_type="thread"
    )
    consumer.start()
    watch(app, stop)
    tell_soon(app, stop)
    _hear(stop)  # after the start, which sets handlers of its own
    while not stop.wait(HEALTH):
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    database.close(app)


def _store(app: Flask) -> Huey:
    immediate = bool(app.config["TESTING"])
    if app.config["REDIS_URL"]:
        return RedisHuey(NAME, url=app.config["REDIS_URL"], results=False, immediate=immediate)
    path = Path(app.config["INSTANCE_DIR"]) / "jobs.db"
    make_private(path)
    return SqliteHuey(NAME, filename=str(path), results=False, immediate=immediate)


def _in_context(app: Flask, job: Job) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            job.act()

    return run


def _hear(stop: threading.Event) -> None:
    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, on_signal)
