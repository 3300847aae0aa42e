"""Taking a file into the draft: all that it does, or nothing."""

from collections.abc import Collection, Iterable
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.core import StageFacts, ZoneFacts
from eventsite.events.models import Event
from eventsite.events.operations.days import add_day
from eventsite.events.operations.places import create_stage
from eventsite.events.operations.zones import create_zone
from eventsite.events.queries import find_venue, hold_event, list_delegations, list_zones
from eventsite.imports.core.diff import Diff, Step
from eventsite.imports.core.places import NewStage
from eventsite.imports.core.texts import plain
from eventsite.imports.core.values import ReadProgramme
from eventsite.imports.enums import Move
from eventsite.imports.queries import plan_import
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_
from eventsite.programme.operations.importing import ItemChange, NewItem, create_troupes, import_items
from eventsite.programme.queries import list_troupes

PLACE = ("stage", "start", "minutes")
DAY_ZH, DAY_EN = "活动日", "Fair day"
SHOWS = "performance"


def import_programme(
    actor: Actor,
    event: Event,
    read: ReadProgramme,
    *,
    sha256: str,
    seen: str | None = None,
    left_out: Collection[str] = (),
    dropped: Collection[str] = (),
) -> Diff:
    """Add, move and reword items of the draft as a file says, and return what it did.

    `seen` is the mark of the diff that somebody looked at: `Conflict` where it is another by now. `left_out`
    are keys of the file's items that are not taken, `dropped` ids of items of the draft that the file does
    not have and that are to go. Rooms, days and troupes that the event lacks are added. Raises `DomainError`
    where something in the file has to be put right first. `sha256` of the file goes into the log.
    """
    with atomic() as session:
        hold_event(event)  # two files at once are taken one after the other
        session.expire(event, ["days"])
        diff = plan_import(event, read)
        if seen is not None:
            diff.refuse_other(seen)
        if left_out:
            diff = plan_import(event, read, left_out=left_out)
        _refuse_faults(diff)
        gone = [one for one in diff.missing if one.ref in dropped]
        if not diff.acting and not gone:
            return diff
        _prepare(actor, event, diff)
        _take(actor, event, diff, [one.id for one in gone])
        told: dict[str, Any] = {move.value: diff.counts.get(move, 0) for move in Move}
        told |= {"dropped": len(gone), "left_out": len(left_out), "stages": len(diff.stages)}
        record(
            actor,
            "import programme",
            f"event:{event.id}",
            event_id=event.id,
            sha256=sha256,
            form=read.form,
            **told,
        )
        return diff


def _refuse_faults(diff: Diff) -> None:
    if diff.faults:
        raise DomainError(
            N_("The file has faults: %(number)s. Put them right, or leave these items out."),
            number=len(diff.faults),
        )


def _prepare(actor: Actor, event: Event, diff: Diff) -> None:
    """Add what the items stand on: stages in a zone, days, troupes."""
    if diff.stages:
        zone = _zone(actor, event)
        for stage in diff.stages:
            create_stage(actor, event, _stage_facts(stage, zone))
    for day in diff.days:
        add_day(actor, event, day.date, opens=day.opens, closes=day.closes, label_zh=DAY_ZH, label_en=DAY_EN)
    if diff.troupes:
        create_troupes(actor, event, diff.troupes)


def _stage_facts(stage: NewStage, zone: str) -> StageFacts:
    return StageFacts(
        code=stage.code,
        name_zh=stage.name_zh,
        name_en=stage.name_en,
        zone=zone,
        audience_capacity=stage.capacity,
        covered=False,
    )


def _zone(actor: Actor, event: Event) -> str:
    """Return the code of the zone for new stages: that of shows, else the first; a new one where none is."""
    zones = list_zones(event)
    for zone in (*(zone for zone in zones if zone.kind == SHOWS), *zones):
        return zone.code
    venue = find_venue(event)
    facts = ZoneFacts(
        code="S",
        order=1,
        name_zh="舞台区",
        name_en="Stages",
        literal_gloss="Stages",
        suffix_zh="",
        kind=SHOWS,
        description_zh="",
        description_en="",
        highlights_zh=(),
        color="#8A2B2B",
        capacity=0,
        map_x=0,
        map_y=0,
        map_w=venue.map_w if venue else 400,
        map_h=venue.map_h if venue else 260,
        grid_code="",
    )
    return create_zone(actor, event, facts, drafting=True).code


def _take(actor: Actor, event: Event, diff: Diff, dropped: Iterable[int]) -> None:
    names = _Names(event)
    import_items(
        actor,
        event,
        added=[names.new_item(step) for step in diff.acting if step.before is None],
        edited=[
            ItemChange(id=step.before.id, version=step.before.version, values=names.refs(step.new))
            for step in diff.acting
            if step.before is not None
        ],
        dropped=dropped,
    )


class _Names:
    """The ids of troupes and delegations by what they are called."""

    def __init__(self, event: Event) -> None:
        self._troupes: dict[str, str] = {}
        self._delegations: dict[str, str] = {}
        for troupe in list_troupes(event):
            for name in (troupe.name_zh, troupe.name_en):
                self._troupes.setdefault(plain(name), troupe.ref)
        for one in list_delegations(event):
            for name in (one.name_zh, one.name_en, one.city_zh, one.city_en):
                self._delegations.setdefault(plain(name), one.ref)

    def refs(self, values: Any) -> dict[str, Any]:
        """Return fields with ids in the place of names."""
        known = {"troupe": self._troupes, "delegation": self._delegations}
        return {
            name: known[name][plain(str(value))] if name in known else value for name, value in values.items()
        }

    def new_item(self, step: Step) -> NewItem:
        """Return an item to add."""
        values = self.refs(step.new)
        belongs = {name: values.pop(name, None) for name in ("troupe", "delegation")}
        place = {name: values.pop(name) for name in PLACE}
        return NewItem(**place, **belongs, values=values, foreign_guid=step.item.guid or None)
