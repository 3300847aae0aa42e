"""The draft as a task, and the proposals for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.database import db
from eventsite.events.models import Event, Stage
from eventsite.events.queries import list_stages, open_days
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.enums import BLOCKER, BREAK
from eventsite.programme.models import ItemResource, ProgrammeItem, Resource, Troupe, TroupeWindow
from eventsite.scheduling.core.values import Act, Range, Request, Spot, Task
from eventsite.scheduling.enums import OPEN, ProposalStatus
from eventsite.scheduling.models import ScheduleProposal

KEPT_KINDS = frozenset({BREAK, BLOCKER})  # people put them where they are, and nothing else does
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Names:
    """What people call the items, troupes, things and stages of a draft, by the ids of a task."""

    items: Mapping[str, ProgrammeItem]
    troupes: Mapping[str, Troupe]
    things: Mapping[str, Resource]
    stages: Mapping[str, Stage]


def origin_of(event: Event) -> datetime:
    """Return the moment from which a task of the event counts its minutes; raises `NotFound` without days."""
    if not event.days:
        raise NotFound(N_("The fair has no days yet."))
    return datetime.combine(event.days[0].date, time(0), event.zone).astimezone(UTC)


def task_for(event: Event, request: Request) -> Task:
    """Return the draft as a task: what stands, what waits, and all that has to be kept.

    Breaks, blockers, fixed points and pinned items are never placed; cancelled items take nothing.
    """
    origin = origin_of(event)
    stages = {stage.id: stage.code for stage in list_stages(event)}
    acts = [_act(item, origin, stages, request) for item in _items(event) if not item.is_cancelled]
    return Task(
        acts=tuple(act for act in acts if act.free or act.at is not None),
        days=tuple(_minutes(origin, day.hours.start, day.hours.end) for day in open_days(event)),
        stages=tuple(code for code in stages.values() if code in request.stages),
        windows=_windows(event, origin),
        things={thing.ref: thing.quantity for thing in _things(event)},
        wishes=request.wishes,
    )


def names_of(event: Event) -> Names:
    """Return what people call the items, troupes, things and stages of the event."""
    troupes = db.session.scalars(select(Troupe).where(Troupe.event_id == event.id).order_by(Troupe.id))
    return Names(
        items={item.ref: item for item in _items(event)},
        troupes={troupe.ref: troupe for troupe in troupes},
        things={thing.ref: thing for thing in _things(event)},
        stages={stage.code: stage for stage in list_stages(event)},
    )


def list_left_alone(event: Event) -> Sequence[ProgrammeItem]:
    """Return the waiting items that only people place: fixed points, pinned items, breaks and blockers."""
    return [
        item for item in _items(event) if item.is_waiting and not item.is_cancelled and not _is_ours(item)
    ]


def list_placeable(event: Event) -> Sequence[ProgrammeItem]:
    """Return the waiting items that a proposal places."""
    return [item for item in _items(event) if item.is_waiting and not item.is_cancelled and _is_ours(item)]


def list_proposals(event: Event) -> Sequence[ScheduleProposal]:
    """Return the event's proposals, the newest first."""
    own = select(ScheduleProposal).where(ScheduleProposal.event_id == event.id)
    return db.session.scalars(own.order_by(ScheduleProposal.id.desc())).all()


def is_under_way(event: Event) -> bool:
    """Tell whether a proposal of the event waits or is being worked out."""
    own = select(ScheduleProposal.id).where(
        ScheduleProposal.event_id == event.id, ScheduleProposal.status.in_(OPEN)
    )
    return db.session.scalar(own.limit(1)) is not None


def is_wanted(number: int) -> bool:
    """Tell whether a proposal that is being worked out is still wanted."""
    status = db.session.scalar(select(ScheduleProposal.status).where(ScheduleProposal.id == number))
    return status is ProposalStatus.SOLVING


def get_proposal(event: Event, number: int) -> ScheduleProposal:
    """Return a proposal; raises `NotFound`."""
    return _found(db.session.scalar(_one(event.id, number)))


def hold_proposal(event_id: int, number: int) -> ScheduleProposal:
    """Return a proposal with its row locked until the commit (on SQLite the turn does it); or `NotFound`."""
    held = _one(event_id, number).with_for_update().execution_options(populate_existing=True)
    return _found(db.session.scalar(held))


def find_waiting(*, now: datetime, given_up: timedelta) -> int | None:
    """Return the id of the proposal that has waited longest, also one whose job process died."""
    waits = ScheduleProposal.status == ProposalStatus.WAITING
    lost = ScheduleProposal.started_at < now - given_up
    dead = (ScheduleProposal.status == ProposalStatus.SOLVING) & lost
    return db.session.scalar(
        select(ScheduleProposal.id).where(or_(waits, dead)).order_by(ScheduleProposal.id).limit(1)
    )


def _one(event_id: int, number: int) -> Select[ScheduleProposal]:
    return select(ScheduleProposal).where(
        ScheduleProposal.event_id == event_id, ScheduleProposal.id == number
    )


def _found(proposal: ScheduleProposal | None) -> ScheduleProposal:
    if proposal is None:
        raise NotFound(N_("There is no such proposal."))
    return proposal


def _items(event: Event) -> Sequence[ProgrammeItem]:
    own = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id)
    return db.session.scalars(
        own.order_by(ProgrammeItem.order, ProgrammeItem.id).options(
            joinedload(ProgrammeItem.stage),
            joinedload(ProgrammeItem.troupe).joinedload(Troupe.delegation),
            joinedload(ProgrammeItem.delegation),
            selectinload(ProgrammeItem.uses).joinedload(ItemResource.resource),
        )
    ).all()


def _things(event: Event) -> Sequence[Resource]:
    own = select(Resource).where(Resource.event_id == event.id)
    return db.session.scalars(own.order_by(Resource.id)).all()


def _act(item: ProgrammeItem, origin: datetime, stages: Mapping[int, str], request: Request) -> Act:
    troupe, delegation = item.troupe, item.delegation
    delegation = delegation or (troupe.delegation if troupe else None)
    at = None
    if item.stage_id is not None and item.starts_at is not None:
        at = Spot(stage=stages[item.stage_id], start=_minute(origin, item.starts_at))
    anew = request.replace and at is not None and at.stage in request.stages
    return Act(
        ref=item.ref,
        minutes=item.minutes,
        setup=item.setup_minutes,
        teardown=item.teardown_minutes,
        walk=item.walk_minutes,
        troupe=troupe.ref if troupe else "",
        city=delegation.ref if delegation else "",
        genre=troupe.genre if troupe else item.kind,
        unit=item.unit or "",
        uses=tuple((use.resource.ref, use.amount) for use in item.uses),
        at=at,
        free=_is_ours(item) and (at is None or anew),
    )


def _is_ours(item: ProgrammeItem) -> bool:
    return not (item.is_fixed or item.pinned or item.kind in KEPT_KINDS)


def _windows(event: Event, origin: datetime) -> dict[str, tuple[Range, ...]]:
    found: dict[str, list[Range]] = defaultdict(list)
    for window, ref in db.session.execute(
        select(TroupeWindow, Troupe.ref)
        .join(Troupe, Troupe.id == TroupeWindow.troupe_id)
        .where(TroupeWindow.event_id == event.id)
        .order_by(TroupeWindow.starts_at, TroupeWindow.id)
    ):
        found[ref].append(_minutes(origin, window.starts_at, window.ends_at))
    return {ref: tuple(windows) for ref, windows in found.items()}


def _minutes(origin: datetime, start: datetime, end: datetime) -> Range:
    return _minute(origin, start), _minute(origin, end)


def _minute(origin: datetime, instant: datetime) -> int:
    return (instant - origin) // MINUTE
