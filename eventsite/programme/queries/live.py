"""Reading the live clock: the acts of an event, and its release as it is expected after them."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

from sqlalchemy import select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.programme.core.content import read_instant
from eventsite.programme.core.live import ClockAct, Live, fold
from eventsite.programme.core.values import Programme
from eventsite.programme.models import LiveAct, StageMessage, Troupe

KEPT_LIVES = 16
Key = tuple[int, str, int, int]


def list_acts(event: Event, *, until: int | None = None) -> tuple[ClockAct, ...]:
    """Return the acts of the event's live clock up to a revision as plain values, oldest first."""
    own = select(LiveAct).where(LiveAct.event_id == event.id).order_by(LiveAct.revision)
    rows = db.session.scalars(own if until is None else own.where(LiveAct.revision <= until))
    return tuple(clock_act(row) for row in rows)


def list_acts_since(event: Event, stage: str, revision: int) -> Sequence[LiveAct]:
    """Return what was done to a stage after a revision, oldest first."""
    return db.session.scalars(
        select(LiveAct)
        .where(LiveAct.event_id == event.id, LiveAct.stage == stage, LiveAct.revision > revision)
        .order_by(LiveAct.revision)
    ).all()


def list_newest_acts(event: Event, stage: str, *, limit: int = 10) -> Sequence[LiveAct]:
    """Return the last acts on a stage, newest first."""
    return db.session.scalars(
        select(LiveAct)
        .where(LiveAct.event_id == event.id, LiveAct.stage == stage)
        .order_by(LiveAct.revision.desc())
        .limit(limit)
    ).all()


def list_stage_messages(event: Event, troupe: Troupe, *, limit: int = 20) -> Sequence[StageMessage]:
    """Return what stages told a troupe, newest first."""
    return db.session.scalars(
        select(StageMessage)
        .where(StageMessage.event_id == event.id, StageMessage.troupe_id == troupe.id)
        .order_by(StageMessage.at.desc(), StageMessage.id.desc())
        .limit(limit)
    ).all()


def clock_act(row: LiveAct) -> ClockAct:
    """Return a stored act as a plain value."""
    return ClockAct(
        revision=row.revision,
        stage=row.stage,
        kind=row.kind,
        at=row.at,
        release=row.release_number,
        items=tuple(row.items),
        anchors=tuple(read_instant(anchor) for anchor in row.anchors),
        minutes=row.minutes,
        notice_zh=row.notice_zh,
        notice_en=row.notice_en,
        undoes=row.undoes,
    )


class Lives:
    """The live views read last; a release and a revision name one for ever."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Live] = OrderedDict()
        self._lock = Lock()

    def read(self, key: Key, build: Callable[[], Live]) -> Live:
        """Return the view of that name, building it where it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        built = build()
        with self._lock:
            self._kept[key] = built
            while len(self._kept) > KEPT_LIVES:
                self._kept.popitem(last=False)
        return built


_lives = Lives()


def live_view(event: Event, programme: Programme, *, sha256: str, number: int, revision: int) -> Live:
    """Return a release of the event as it is expected at a live revision."""
    if revision == 0:
        return Live(programme=programme)
    key = (event.id, sha256, number, revision)
    return _lives.read(key, lambda: fold(programme, list_acts(event, until=revision), release=number))
