"""A fair with a troupe that performs, released, and what is sealed in tests."""

from dataclasses import dataclass, replace
from datetime import timedelta

from flask import current_app

from eventsite.events.models import Delegation, Event, Stage
from eventsite.programme.models import ProgrammeItem, Release, Troupe
from eventsite.programme.operations import cancel_item, edit_item
from eventsite.programme.queries import facts_of, get_item
from eventsite.sealing.core import Sealer
from eventsite.sealing.operations import load_sealer
from tests.support.factories import (
    make_delegation,
    make_event,
    make_item,
    make_stage,
    make_troupe,
    make_zone,
)
from tests.support.factories_programme import ORGANIZER, at, make_release


@dataclass(frozen=True, kw_only=True)
class Stageful:
    """A fair with two stages, one empty, a delegation's troupe with two items, and another with one."""

    event: Event
    stage: Stage
    side: Stage
    delegation: Delegation
    troupe: Troupe
    other: Troupe
    items: tuple[ProgrammeItem, ProgrammeItem]


def make_stageful(slug: str = "fair-a") -> Stageful:
    """Make the fair and release its first version."""
    event = make_event(slug=slug)
    stage = make_stage(event, zone=make_zone(event, code="A"), code="S1")
    side = make_stage(event, zone=make_zone(event, code="B"), code="S9")
    delegation = make_delegation(event, ref="dl-dalian")
    troupe = make_troupe(event, ref="tp-dalian", delegation_id=delegation.id)
    other = make_troupe(event, ref="tp-benxi", name_zh="本溪社火队", name_en="Benxi troupe")
    first = _item(event, stage, troupe, delegation, "10:00", title_zh="大连秧歌", title_en="Dalian dance")
    second = _item(event, stage, troupe, delegation, "11:00", title_zh="大连鼓乐", title_en="Dalian drums")
    _item(event, stage, other, None, "12:00", title_zh="本溪社火", title_en="Benxi Shehuo")
    make_release(event)
    return Stageful(
        event=event,
        stage=stage,
        side=side,
        delegation=delegation,
        troupe=troupe,
        other=other,
        items=(first, second),
    )


def move(event: Event, item: ProgrammeItem, start: str, end: str) -> None:
    """Put an item of the draft at another time."""
    row = get_item(event, item.id)
    edit_item(
        ORGANIZER, event, row.id, replace(facts_of(event, row), start=start, end=end), version=row.version
    )


def cancel(event: Event, item: ProgrammeItem) -> None:
    """Call an item of the draft off."""
    cancel_item(ORGANIZER, event, item.id, version=get_item(event, item.id).version)


def release(event: Event, note: str = "下一版") -> Release:
    """Release the next version."""
    return make_release(event, note=note, now=at("12:00", day=-1))


def a_sealer() -> Sealer:
    """Return what seals links and addresses on the site of the test."""
    return load_sealer(current_app.config["KEYS_DIR"])


def _item(
    event: Event, stage: Stage, troupe: Troupe, delegation: Delegation | None, start: str, **given: str
) -> ProgrammeItem:
    return make_item(
        event,
        stage=stage,
        troupe_id=troupe.id,
        delegation_id=delegation.id if delegation else None,
        starts_at=at(start),
        ends_at=at(start) + timedelta(minutes=20),
        audio="U盘WAV",
        props_zh="红绸",
        **given,
    )
