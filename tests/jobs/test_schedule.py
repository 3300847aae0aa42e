"""What each job does, and when it is due."""

import json
import threading
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from flask import Flask

from eventsite.accounts.operations import post_mail
from eventsite.accounts.queries import outbox
from eventsite.audit.operations import record, tie_knot
from eventsite.audit.queries import find_last_knot
from eventsite.backups.core import DAILY, backup_name
from eventsite.backups.queries import backups_folder, list_backups
from eventsite.database import atomic, db
from eventsite.jobs.heads import read_heads
from eventsite.jobs.queue import open_queue
from eventsite.jobs.schedule import (
    JOBS,
    back_up,
    heads_folder,
    publish_head,
    send_mail,
    tell_partners,
    tie,
)
from eventsite.jobs.telling import tell_soon
from eventsite.kernel import clock
from eventsite.partners.core.addresses import Bounds
from eventsite.partners.enums import HookEvent
from eventsite.signing.queries import list_site_keys
from tests.support.factories import make_event
from tests.support.factories_partners import make_webhook
from tests.support.factories_programme import make_acts, make_release
from tests.support.receivers import answers, receiving


@pytest.fixture
def home(real_app: Flask, tmp_path: Path):
    """Open a site whose files lie in a folder of the test."""
    real_app.config.update(INSTANCE_DIR=str(tmp_path), KEYS_DIR=tmp_path / "keys")
    with real_app.app_context():
        yield tmp_path


def write_row() -> None:
    with atomic():
        record("account:1", "rename", "booth:1")


def test_jobs_are_due_each_minute_and_each_hour() -> None:
    day = [datetime(2025, 9, 6, hour, minute) for hour in range(24) for minute in range(60)]  # noqa: DTZ001
    due = {job.name: sum(job.when(moment) for moment in day) for job in JOBS}
    assert due == {
        "tie": 1440,
        "tell_partners": 1440,
        "draft_troupe_notices": 1440,
        "send_mail": 1440,
        "publish_head": 24,
        "back_up": 24,
        "sweep_uploads": 4,
        "forget_contacts": 24,
        "forget_old_mail": 1,
    }


@pytest.mark.both_databases
def test_tie_makes_a_knot_of_what_was_written(home: Path) -> None:
    write_row()
    tie()
    knot = find_last_knot()
    assert knot is not None
    assert knot.n == 1


def test_publish_head_writes_the_last_knot_outside_the_database(home: Path, real_app: Flask) -> None:
    write_row()
    knot = tie_knot(clock.now())
    publish_head()
    publish_head()
    keys = [key.public for key in list_site_keys(real_app.config["KEYS_DIR"])]
    assert [head.knot for head in read_heads(heads_folder(), keys)] == [knot]


def test_publish_head_of_an_empty_log_writes_nothing(home: Path) -> None:
    publish_head()
    assert not heads_folder().exists()


def test_back_up_makes_one_a_day(home: Path) -> None:
    back_up()
    back_up()
    assert len(list_backups(backups_folder())) == 1


def test_back_up_goes_on_where_the_last_manifest_is_broken(home: Path) -> None:
    broken = backups_folder() / backup_name(DAILY, clock.machine_now() - timedelta(hours=1), ".json")
    broken.parent.mkdir()
    broken.write_text("cut off", "utf-8")
    back_up()
    assert len(list_backups(backups_folder())) == 2


def test_send_mail_without_a_server_sends_nothing(home: Path, real_app: Flask) -> None:
    post_mail("desk@fair.example", "主题", "正文", now=clock.machine_now())
    send_mail()
    (mail,) = db.session.scalars(outbox()).all()
    assert (real_app.config["SMTP_URL"], mail.sent_at, mail.fault) == ("", None, "")


def test_queue_of_tests_runs_a_job_when_it_is_called(home: Path, real_app: Flask) -> None:
    write_row()
    queue = open_queue(real_app)
    jobs = {task.name: task for task in queue._registry.periodic_tasks}
    assert sorted(jobs) == sorted(job.name for job in JOBS)
    queue.execute(jobs["tie"])
    assert find_last_knot() is not None


@pytest.mark.usefixtures("home")
def test_a_release_is_told_to_a_partners_address(real_app: Flask) -> None:
    here = (ip_network("127.0.0.1/32"),)
    real_app.config["WEBHOOK_NETWORKS"] = here
    event = make_event()
    make_acts(event, 2)
    with receiving(answers("204 No Content")) as receiver:
        bounds = Bounds(insecure=True, networks=here)
        make_webhook(event, url=receiver.url, bounds=bounds, resolve=lambda _h, _p: ["127.0.0.1"])
        tell_partners()
        assert receiver.requests == []
        make_release(event)
        tell_partners()
        tell_partners()
    assert len(receiver.requests) == 1
    told = json.loads(receiver.body)
    assert (told["type"], told["release"]["number"]) == (HookEvent.RELEASED.value, 1)
    assert receiver.header("Eventsite-Delivery") == told["id"]


@pytest.mark.usefixtures("home")
def test_partners_hear_within_seconds(real_app: Flask) -> None:
    here = (ip_network("127.0.0.1/32"),)
    real_app.config["WEBHOOK_NETWORKS"] = here
    event, stop = make_event(), threading.Event()
    make_acts(event, 2)
    with receiving(answers("204 No Content")) as receiver:
        bounds = Bounds(insecure=True, networks=here)
        make_webhook(event, url=receiver.url, bounds=bounds, resolve=lambda _h, _p: ["127.0.0.1"])
        make_release(event)
        thread = tell_soon(real_app, stop)
        for _ in range(100):
            if receiver.requests:
                break
            stop.wait(0.1)
        stop.set()
        thread.join()
    assert len(receiver.requests) == 1
