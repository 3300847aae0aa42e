"""Programmes for tests: values without a database, and drafts with one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.events.models import Event, Stage
from eventsite.exports.core.values import Links, Snapshot
from eventsite.exports.queries import take_snapshot
from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.changes import settle
from eventsite.programme.core.live import Live
from eventsite.programme.core.values import Day, Fair, Item, Place, Programme, in_order, lasting_uuid
from eventsite.programme.models import ProgrammeItem, Release
from eventsite.programme.operations import release_programme
from eventsite.programme.queries import ReleaseView, current_release
from tests.support.factories import make_item, make_stage, make_zone

MIDNIGHT = datetime(2025, 9, 5, 16, 0, tzinfo=UTC)  # 6 September, 0:00 in Jinan
ORGANIZER = Actor(ref="account:1", label="organizer@demo.invalid")
SLUG = "jinan-2025"


def at(clock: str, *, day: int = 0) -> datetime:
    """Return the instant of a time of day in Jinan, on 6 September or `day` days later."""
    hours, minutes = clock.split(":")
    return MIDNIGHT + timedelta(days=day, hours=int(hours), minutes=int(minutes))


def a_slot(start: str, end: str, *, day: int = 0, end_day: int | None = None) -> TimeRange:
    """Return the range between two times of day in Jinan."""
    return TimeRange(at(start, day=day), at(end, day=day if end_day is None else end_day))


def an_item(ref: str, start: str = "10:00", end: str = "10:30", **given: Any) -> Item:
    """Return an item on stage S1 on 6 September."""
    day, end_day = given.pop("day", 0), given.pop("end_day", None)
    defaults: dict[str, Any] = {
        "ref": ref,
        "uuid": lasting_uuid(SLUG, "item", ref),
        "number": int("".join(c for c in ref if c.isdigit()) or "1"),
        "order": 1,
        "kind": "performance",
        "status": "scheduled",
        "stage": "S1",
        "slot": a_slot(start, end, day=day, end_day=end_day),
        "title_zh": f"节目{ref}",
        "title_en": f"Item {ref}",
    }
    return Item(**{**defaults, **given})


def a_place(code: str = "S1", **given: Any) -> Place:
    """Return a stage in zone A."""
    defaults: dict[str, Any] = {
        "code": code,
        "ref": f"stage-{code}",
        "uuid": lasting_uuid(SLUG, "stage", f"stage-{code}"),
        "name_zh": f"主舞台{code}",
        "name_en": f"Main stage {code}",
        "zone_code": "A",
        "zone_name_zh": "玩得乐呵",
        "zone_name_en": "Merry Play",
        "capacity": 700,
        "covered": False,
        "source": "demo",
    }
    return Place(**{**defaults, **given})


def a_fair(**given: Any) -> Fair:
    """Return the fair in Jinan."""
    defaults: dict[str, Any] = {
        "slug": SLUG,
        "name_zh": "辽宁秋季旅游主题推介活动",
        "name_en": "Liaoning Autumn Tourism Promotion",
        "market_name_zh": "辽宁文旅市集",
        "market_name_en": "Liaoning market",
        "place_zh": "济南大明湖畔",
        "place_en": "Jinan, by Daming Lake",
        "timezone": "Asia/Shanghai",
    }
    return Fair(**{**defaults, **given})


def a_day(day: int = 0, start: str = "9:00", end: str = "20:30", **given: Any) -> Day:
    """Return a day of the fair; hours of 24 and more are after midnight."""
    defaults: dict[str, Any] = {
        "date": date(2025, 9, 6) + timedelta(days=day),
        "hours": TimeRange(at(start, day=day), at(end, day=day)),
        "label_zh": "活动日",
        "label_en": "Fair day",
    }
    return Day(**{**defaults, **given})


def a_programme(*items: Item, **given: Any) -> Programme:
    """Return a programme of these items on the stages S1 and S2."""
    defaults: dict[str, Any] = {
        "fair": a_fair(),
        "days": (a_day(),),
        "stages": (a_place("S1"), a_place("S2")),
        "items": in_order(list(items)),
    }
    return Programme(**{**defaults, **given})


def make_acts(event: Event, count: int, *, stage: Stage | None = None) -> list[ProgrammeItem]:
    """Make items of ten minutes, one after the other from 9:00 on."""
    stage = stage or make_stage(event, zone=make_zone(event))
    length = timedelta(minutes=10)
    return [
        make_item(
            event, stage=stage, starts_at=at("9:00") + length * n, ends_at=at("9:00") + length * (n + 1)
        )
        for n in range(count)
    ]


def make_many_acts(event: Event, count: int) -> None:
    """Make items of two minutes, one after the other from 9:00 on, in one transaction."""
    stage = make_stage(event)
    with atomic() as session:
        for n in range(count):
            starts = at("9:00") + timedelta(minutes=2 * n)
            session.add(
                ProgrammeItem(
                    event_id=event.id,
                    ref=f"pg-{n}",
                    position=n,
                    order=n,
                    stage_id=stage.id,
                    starts_at=starts,
                    ends_at=starts + timedelta(minutes=2),
                    title_zh=f"节目第{n}号：民俗演出接连登台",
                    title_en=f"Item {n}",
                    kind="performance",
                    call_minutes_before=20,
                    status="scheduled",
                )
            )


def make_release(event: Event, *, note: str = "第一版", now: datetime | None = None) -> Release:
    """Release the event's draft, two days before the fair."""
    return release_programme(ORGANIZER, event, note=note, now=now or at("12:00", day=-2))


def a_snapshot(programme: Programme, *, number: int = 1, live_revision: int | None = None) -> Snapshot:
    """Return the snapshot of a programme that was released two days before the fair."""
    now = at("12:00", day=-2)
    settled = settle(programme, None, now)
    view = ReleaseView(
        number=number,
        live_revision=live_revision or 0,
        released_at=now,
        note="",
        sha256="",
        live=Live(programme=settled),
        alone=settled,
        changes=(),
    )
    links = Links(
        home="https://fair.example/e/jinan-2025/",
        programme="https://fair.example/e/jinan-2025/programme",
        calendar="https://fair.example/e/jinan-2025/programme.ics",
    )
    return take_snapshot(view, links, alone=live_revision is None)


def shown_of(event: Event) -> ReleaseView:
    """Return what the event shows, which has been released."""
    view = current_release(event)
    assert view is not None
    return view


def stage_of(item: ProgrammeItem) -> Stage:
    """Return the stage of an item that has its place."""
    assert item.stage is not None
    return item.stage
