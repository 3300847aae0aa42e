"""Zones are added, changed and removed whole, logged, and never silently over somebody else's work."""

from dataclasses import replace
from typing import Any

import pytest

from eventsite.accounts.core import Actor
from eventsite.audit.queries import history_of
from eventsite.events.core import ZoneFacts
from eventsite.events.models import Event
from eventsite.events.operations.zones import create_zone, edit_zone, remove_zone
from eventsite.events.queries import find_zone, get_event, get_zone, list_zones
from eventsite.kernel.errors import Conflict, DomainError, NotFound, StaleEdit
from tests.support.factories import make_booth, make_event, make_venue

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
ORGANIZER = Actor(ref="account:1", label="organizer")


def zone_facts(**given: Any) -> ZoneFacts:
    """Return the facts of zone A in the corner of the plan."""
    usual = ZoneFacts(
        code="A",
        order=1,
        name_zh="玩得乐呵",
        name_en="Merry Play",
        literal_gloss="play until you are merry",
        suffix_zh="区",
        kind="performance",
        description_zh="民俗演出接连登台",
        description_en="Folk performances one after another",
        highlights_zh=("民俗演出",),
        color="#C8102E",
        capacity=900,
        map_x=20.0,
        map_y=20.0,
        map_w=380.0,
        map_h=360.0,
        grid_code="G-A",
    )
    return replace(usual, **given)


@pytest.fixture
def event(context: None) -> Event:
    event = make_event(slug="fair-a")
    make_venue(event)
    return event


def test_created_zone_is_what_was_said_and_is_logged(event: Event) -> None:
    zone = create_zone(ORGANIZER, event, zone_facts())
    assert get_zone(event, "A").facts == zone_facts()
    assert [entry.verb for entry in history_of(event.id, f"zone:{zone.id}")] == ["create"]


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"code": "A"}, "code", "Another zone has the code A"),
        ({"map_x": 390}, "map_x", "on the ground of zone A"),
        ({"map_x": 900}, "map_x", "reach out of the plan"),
        ({"color": "#ffff00"}, "color", "with white"),
        ({"color": "red"}, "color", "not a colour"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    event: Event, change: dict[str, Any], field: str, reason: str
) -> None:
    create_zone(ORGANIZER, event, zone_facts())
    with pytest.raises(DomainError, match=reason) as refusal:
        create_zone(ORGANIZER, event, replace(zone_facts(code="B", map_x=410.0), **change))
    assert refusal.value.field == field
    assert [zone.code for zone in list_zones(event)] == ["A"]


def test_new_colour_renews_the_style_sheet_and_other_edits_do_not(event: Event) -> None:
    version = create_zone(ORGANIZER, event, zone_facts()).version
    before = event.version
    zone = edit_zone(ORGANIZER, event, "A", zone_facts(capacity=800), version=version)
    assert get_event("fair-a").version == before
    edit_zone(ORGANIZER, event, "A", zone_facts(capacity=800, color="#1F7A4D"), version=zone.version)
    assert get_event("fair-a").version == before + 1


def test_second_editor_gets_both_values(event: Event) -> None:
    version = create_zone(ORGANIZER, event, zone_facts()).version
    edit_zone(ORGANIZER, event, "A", zone_facts(capacity=800), version=version)
    with pytest.raises(StaleEdit) as refusal:
        edit_zone(ORGANIZER, event, "A", zone_facts(capacity=700), version=version)
    assert (refusal.value.theirs, refusal.value.mine) == ({"capacity": 800}, {"capacity": 700})
    assert get_zone(event, "A").capacity == 800


def test_zone_that_holds_a_booth_stays_and_an_empty_one_goes(event: Event) -> None:
    full = create_zone(ORGANIZER, event, zone_facts())
    make_booth(zone=full)
    with pytest.raises(Conflict, match="still holds booths"):
        remove_zone(ORGANIZER, event, "A", version=get_zone(event, "A").version)
    empty = create_zone(ORGANIZER, event, zone_facts(code="B", map_x=410.0))
    remove_zone(ORGANIZER, event, "B", version=empty.version)
    assert find_zone(event, "A") is not None
    assert find_zone(event, "B") is None


def test_zone_of_another_event_is_not_found(event: Event) -> None:
    other = make_event(slug="fair-b")
    create_zone(ORGANIZER, event, zone_facts())
    with pytest.raises(NotFound):
        edit_zone(ORGANIZER, other, "A", zone_facts(capacity=1), version=1)
    with pytest.raises(NotFound):
        remove_zone(ORGANIZER, other, "A", version=1)


def test_while_drafting_a_zone_may_lie_anywhere_but_not_in_any_colour(event: Event) -> None:
    create_zone(ORGANIZER, event, zone_facts())
    create_zone(ORGANIZER, event, zone_facts(code="B", map_x=390.0), drafting=True)
    assert get_zone(event, "B").map_x == 390
    with pytest.raises(DomainError, match="with white"):
        create_zone(ORGANIZER, event, zone_facts(code="C", color="#ffff00"), drafting=True)
