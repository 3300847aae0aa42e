"""Releasing at the same moment, beside a careless twin that the check must catch."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from eventsite.accounts.core import Actor
from eventsite.database import Unsettled, atomic, db
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict
from eventsite.programme.core.changes import compare, settle
from eventsite.programme.core.content import write_content
from eventsite.programme.models import LiveState, Release
from eventsite.programme.operations import edit_item, release_programme, remove_item
from eventsite.programme.queries import (
    current_release,
    facts_of,
    get_item,
    get_release,
    list_releases,
    read_draft,
)
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release

pytestmark = pytest.mark.both_databases
PEOPLE = 6
Release_ = Callable[[Actor, Event], None]


def well(actor: Actor, event: Event) -> None:
    """Release as the product does."""
    release_programme(actor, event, note="", now=at("8:00"))


def carelessly(actor: Actor, event: Event) -> None:
    """Read the number and the draft first and write them later, as one does without a turn."""
    number = (
        db.session.scalar(select(func.max(Release.number)).where(Release.event_id == event.id)) or 0
    ) + 1
    content = write_content(settle(read_draft(event), None, at("8:00")))
    with atomic() as session:
        session.add(
            Release(
                event_id=event.id,
                number=number,
                note="",
                released_at=at("8:00"),
                released_by=actor.label,
                changes=[],
                content=content,
                content_sha256=digest(content),
            )
        )
        session.flush()
        live = session.scalar(select(LiveState).where(LiveState.event_id == event.id))
        assert live is not None
        live.release_number = number


def play(app: Flask, release: Release_) -> list[str]:
    """Let each of six people rename an item of theirs and release; return what went wrong."""
    with app.app_context():
        event = make_event(slug="race")
        ids = [item.id for item in make_acts(event, PEOPLE)]
        make_release(event)
    gate = Barrier(PEOPLE)

    def act(item_id: int) -> str:
        with app.app_context():
            event = get_event("race")
            item = get_item(event, item_id)
            wanted = replace(facts_of(event, item), title_zh=f"新名{item_id}")
            edit_item(ORGANIZER, event, item_id, wanted, version=item.version)
            gate.wait()
            try:
                release(ORGANIZER, event)
            except Conflict:  # another release has taken this edit along
                return ""
            except (IntegrityError, Unsettled) as lost:
                return f"a release was lost: {type(lost).__name__}"
            return ""

    with ThreadPoolExecutor(PEOPLE) as pool:
        faults = [fault for fault in pool.map(act, ids) if fault]
    with app.app_context():
        return [*faults, *wrong_releases(get_event("race"), ids)]


def wrong_releases(event: Event, ids: list[int]) -> list[str]:
    faults = []
    numbers = [release.number for release in reversed(list_releases(event))]
    if numbers != list(range(1, len(numbers) + 1)):
        faults.append(f"the numbers are {numbers}")
    view = current_release(event)
    if view is None or view.number != numbers[-1]:
        faults.append("the last release is not the one that is shown")
    elif {item.title_zh for item in view.programme.items} != {f"新名{item_id}" for item_id in ids}:
        faults.append("an edit is missing in the last release")
    for number in numbers[1:]:
        before, after = get_release(event, number - 1), get_release(event, number)
        if compare(before.programme, after.programme) != after.changes:
            faults.append(f"release {number} does not tell what it changed")
    return faults


def test_releases_at_once_are_numbered_in_order_and_none_is_lost(real_app: Flask):
    assert play(real_app, well) == []


def test_the_check_catches_a_careless_release(real_app: Flask):
    assert play(real_app, carelessly) != []


def test_first_releases_at_once_are_one_release(real_app: Flask):
    with real_app.app_context():
        make_acts(make_event(slug="first"), 2)
    gate = Barrier(4)

    def act(_n: int) -> int:
        with real_app.app_context():
            event = get_event("first")
            gate.wait()
            try:
                return release_programme(ORGANIZER, event, note="", now=at("8:00")).number
            except Conflict:
                return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(act, range(4))) == [0, 0, 0, 1]


def test_an_item_is_released_or_removed_never_both(real_app: Flask):
    with real_app.app_context():
        item = make_acts(make_event(slug="gone"), 2)[0]
        item_id, ref, version = item.id, item.ref, item.version
    gate = Barrier(2)

    def act(remove: bool) -> None:
        with real_app.app_context():
            event = get_event("gone")
            gate.wait()
            try:
                if remove:
                    remove_item(ORGANIZER, event, item_id, version=version)
                else:
                    release_programme(ORGANIZER, event, note="", now=at("8:00"))
            except Conflict:
                return

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, (True, False)))
    with real_app.app_context():
        event = get_event("gone")
        view = current_release(event)
        assert view is not None
        assert (ref in view.programme.by_ref) == (ref in read_draft(event).by_ref)
