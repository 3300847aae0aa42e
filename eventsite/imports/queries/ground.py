"""The draft with all that a file may name, and what a file would do to it."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event, Stage
from eventsite.events.queries import list_delegations, list_stages
from eventsite.imports.core.diff import Diff, compare
from eventsite.imports.core.ground import Ground, StageThere, Standing, canonical
from eventsite.imports.core.texts import plain
from eventsite.imports.core.values import ReadProgramme
from eventsite.programme.core.values import item_uuid, lasting_uuid
from eventsite.programme.enums import BLOCKER
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.queries import list_troupes
from eventsite.programme.queries.firsts import first_releases

OWN = (
    "title_zh",
    "title_en",
    "kind",
    "status",
    "notice_zh",
    "notice_en",
    "languages",
    "audio",
    "props_zh",
    "call_minutes_before",
    "setup_minutes",
    "teardown_minutes",
    "walk_minutes",
    "wireless_mics",
)


def plan_import(event: Event, read: ReadProgramme, *, left_out: Collection[str] = ()) -> Diff:
    """Return what a file would do to the event's draft as it is now."""
    return compare(read, read_ground(event), left_out=left_out)


def read_ground(event: Event) -> Ground:
    """Return the draft as it is now, with the event's stages, troupes, delegations and days."""
    return Ground(
        items=tuple(_standing(event, item, released) for item, released in _items(event)),
        stages=tuple(_stage(event, stage) for stage in list_stages(event)),
        troupes=_by_name((one.ref, (one.name_zh, one.name_en)) for one in list_troupes(event)),
        delegations=_by_name(
            (one.ref, (one.name_zh, one.name_en, one.city_zh, one.city_en)) for one in list_delegations(event)
        ),
        days=frozenset(day.date for day in event.days),
        timezone=event.timezone,
    )


def _items(event: Event) -> Iterable[tuple[ProgrammeItem, int | None]]:
    """Yield the draft's items, each with the first release in which it stood."""
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id).order_by(ProgrammeItem.id)
    names = (ProgrammeItem.stage, ProgrammeItem.troupe, ProgrammeItem.delegation)
    released = first_releases(event)
    fresh = own.options(*(joinedload(name) for name in names)).execution_options(populate_existing=True)
    for item in db.session.scalars(fresh):
        yield item, released.get(item.ref)


def _standing(event: Event, item: ProgrammeItem, released_in: int | None) -> Standing:
    own = item_uuid(event.slug, item.ref, item.foreign_guid)
    guids = {str(own), str(lasting_uuid(event.slug, "item", item.ref))}
    if item.foreign_guid:
        guids.add(canonical(item.foreign_guid))
    troupe, city = item.troupe, item.delegation
    called = {
        "troupe": (troupe.name_zh, troupe.name_en) if troupe else (),
        "delegation": (city.name_zh, city.name_en, city.city_zh, city.city_en) if city else (),
    }
    names = {what: frozenset(plain(name) for name in said if name) for what, said in called.items()}
    values = {name: getattr(item, name) for name in OWN}
    return Standing(
        id=item.id,
        ref=item.ref,
        version=item.version,
        guids=frozenset(guids),
        foreign_guid=item.foreign_guid,
        stage=item.stage.code if item.stage else None,
        start=item.starts_at,
        minutes=item.minutes,
        values={**values, **{what: next(iter(said), "") for what, said in called.items()}},
        names=names,
        is_off=item.is_cancelled,
        is_hidden=item.kind == BLOCKER,
        is_fixed=item.is_fixed,
        released_in=released_in,
    )


def _stage(event: Event, stage: Stage) -> StageThere:
    return StageThere(
        code=stage.code,
        guid=str(lasting_uuid(event.slug, "stage", stage.ref)),
        names=frozenset(name for name in (stage.name_zh, stage.name_en) if name),
    )


def _by_name(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return ids by all names; of two of one name the first counts."""
    found: dict[str, str] = {}
    for ref, names in named:
        for name in names:
            if name:
                found.setdefault(plain(name), ref)
    return found
