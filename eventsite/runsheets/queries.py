"""What papers are made of: the items of a release, stage by stage and day by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Place, Programme, Use
from eventsite.programme.enums import ResourceKind
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.queries import ReleaseView, current_release, get_release
from eventsite.runsheets.core.microphones import Allotment, Need, Peak, allot, peak_of


@dataclass(frozen=True, kw_only=True)
class Section:
    """A stage on a day of the fair."""

    place: Place
    day: date
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class MicrophoneSet:
    """A set of microphones: what it is called, how many it has, who gets which, and the peak.

    A set without a `use` holds what items ask for without naming a set; its number is not known.
    """

    use: Use | None
    place: Place | None
    quantity: int | None
    allotments: tuple[Allotment, ...]
    peak: Peak

    @property
    def is_short(self) -> bool:
        """Tell whether somebody goes without."""
        return any(one.short for one in self.allotments)


def read_release(event: Event, number: int | None) -> ReleaseView:
    """Return the release that papers are made of: that one alone, or what is expected now."""
    if number is not None:
        return get_release(event, number)
    view = current_release(event)
    if view is None:
        raise NotFound(N_("This programme has not been released yet."))
    return view


def get_place(view: ReleaseView, code: str) -> Place:
    """Return a stage of the release; raises `NotFound`."""
    place = view.full.places.get(code)
    if place is None:
        raise NotFound(N_("There is no stage “%(code)s” in the programme that is out."), code=code)
    return place


def list_sections(
    programme: Programme, *, stage: str | None = None, day: date | None = None
) -> tuple[Section, ...]:
    """Return the stages that have items, each day by itself, narrowed to a stage and a day."""
    found: dict[tuple[str, date], list[Item]] = {}
    for item in programme.items:
        key = (item.stage, fair_day(programme, item.released_slot.start))
        if stage in (None, item.stage) and day in (None, key[1]):
            found.setdefault(key, []).append(item)
    return tuple(
        Section(place=programme.places[code], day=when, items=tuple(found[code, when]))
        for code, when in sorted(found, key=lambda key: (key[1], key[0]))
    )


def list_days(programme: Programme) -> list[date]:
    """Return the days that have items."""
    return sorted({fair_day(programme, item.released_slot.start) for item in programme.items})


def list_sets(programme: Programme, items: Sequence[Item]) -> tuple[MicrophoneSet, ...]:
    """Return the sets of microphones that these items use, named ones first, then what each stage needs."""
    held = [item for item in items if not item.is_cancelled]
    named: dict[str, list[Need]] = {}
    uses: dict[str, Use] = {}
    loose: dict[str, list[Need]] = {}
    for item in held:
        own = [use for use in item.uses if use.kind is ResourceKind.MICROPHONES]
        for use in own:
            uses[use.ref] = use
            named.setdefault(use.ref, []).append(Need(item=item, span=item.occupied, amount=use.amount))
        rest = item.mics - sum(use.amount for use in own)
        if rest > 0:
            loose.setdefault(item.stage, []).append(Need(item=item, span=item.occupied, amount=rest))
    return (
        *(_set(named[ref], use=uses[ref]) for ref in sorted(named, key=lambda ref: uses[ref].name_zh)),
        *(_set(loose[code], place=programme.places[code]) for code in sorted(loose)),
    )


def list_notes(event: Event, items: Iterable[Item]) -> Mapping[str, str]:
    """Return the team's own notes on items, by the item's id; they stand in the draft and in no release."""
    refs = [item.ref for item in items]
    rows = db.session.execute(
        select(ProgrammeItem.ref, ProgrammeItem.note_zh).where(
            ProgrammeItem.event_id == event.id, ProgrammeItem.ref.in_(refs)
        )
    )
    return {row.ref: row.note_zh for row in rows if row.note_zh}


def made_at(view: ReleaseView) -> datetime:
    """Return the instant that last changed anything: the date of a paper, so that the same gives the same."""
    return max([view.released_at, *(item.changed_at for item in view.full.items if item.changed_at)])


def _set(needs: Sequence[Need], *, use: Use | None = None, place: Place | None = None) -> MicrophoneSet:
    quantity = use.quantity if use else None
    peak = peak_of(needs)
    assert peak is not None
    return MicrophoneSet(
        use=use, place=place, quantity=quantity, allotments=allot(needs, quantity), peak=peak
    )
