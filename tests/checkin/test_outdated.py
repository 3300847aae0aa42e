"""A process remembers checkpoints; no stamp is given or refused by facts that no longer stand."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventsite.checkin import queries
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.enums import CodeMode
from eventsite.checkin.errors import Outdated
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.operations.stamping import stamp
from eventsite.database import atomic, db
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.kernel.tokens import Purpose, seal
from tests.support.factories import NOW, make_checkpoint, make_event, make_rally
from tests.support.isolation import PageClient

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def archive(event: Event, checkpoint: Checkpoint) -> None:
    event.status = EventStatus.ARCHIVED


def close(event: Event, checkpoint: Checkpoint) -> None:
    checkpoint.active = False


def ask_for_codes(event: Event, checkpoint: Checkpoint) -> None:
    rally = queries.find_rally(event)
    assert rally is not None
    rally.code_mode = CodeMode.ROTATING_CODE


def renew(event: Event, checkpoint: Checkpoint) -> None:
    checkpoint.key = bytes(12)


CHANGES: tuple[Callable[[Event, Checkpoint], None], ...] = (archive, close, ask_for_codes, renew)


def fair() -> tuple[Event, Checkpoint]:
    event = make_event()
    make_rally(event, code_mode="static", min_seconds_between_stamps=0)
    return event, make_checkpoint(event)


def press(app: Flask, client: PageClient, token: str) -> int:
    return client.post(f"/c/{token}", headers={"Origin": app.config["BASE_URL"]}).status_code


@pytest.mark.parametrize("change", CHANGES)
def test_stamp_by_facts_that_no_longer_stand_is_refused(change: Callable[[Event, Checkpoint], None]) -> None:
    event, checkpoint = fair()
    before = queries.find_facts(checkpoint.key)
    assert before is not None
    with atomic():
        change(event, checkpoint)
    with pytest.raises(Outdated):
        stamp(new_key(), before, now=NOW)
    assert queries.count_stamps(event) == {}


@pytest.mark.parametrize(("change", "status"), [*zip(CHANGES, (410, 410, 422, 404), strict=True)])
def test_press_follows_a_change_at_once(
    app: Flask, client: PageClient, change: Callable[[Event, Checkpoint], None], status: int
) -> None:
    event, checkpoint = fair()
    token = seal(app.extensions["keyring"], Purpose.CHECKPOINT, checkpoint.key)
    assert press(app, client, token) == 303
    with atomic():
        change(event, checkpoint)
    client.delete_cookie(f"pass-{event.slug}")
    assert press(app, client, token) == status
    assert sum(queries.count_stamps(event).values()) == 1


def test_press_at_a_reopened_checkpoint_is_not_refused_by_what_is_remembered(
    app: Flask, client: PageClient
) -> None:
    event, checkpoint = fair()
    token = seal(app.extensions["keyring"], Purpose.CHECKPOINT, checkpoint.key)
    answers = []
    for active in (True, False, True):
        with atomic():
            db.session.get_one(Checkpoint, checkpoint.id).active = active
        client.delete_cookie(f"pass-{event.slug}")
        answers.append(press(app, client, token))
    assert answers == [303, 410, 303]
