"""What a file would do to the draft: add, move, reword, drop; worked out before anything is written."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from eventsite.imports.core.ground import Ground, Standing, canonical
from eventsite.imports.core.matching import match
from eventsite.imports.core.places import NewDay, NewStage, add_days, hold_rooms, place_rooms
from eventsite.imports.core.texts import plain
from eventsite.imports.core.values import (
    WHOLE_FILE,
    Finding,
    ReadItem,
    ReadProgramme,
)
from eventsite.imports.enums import FoundBy, Move
from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_

USUAL_KIND, SCHEDULED = "performance", "scheduled"
PLACE = ("stage", "start", "minutes")
WORDS = ("kind", "status", "audio", "props_zh")
PAIRS = (("title_zh", "title_en"), ("notice_zh", "notice_en"))


@dataclass(frozen=True, kw_only=True)
class Step:
    """What becomes of one item of the file: the fields that differ, old and new; of a new one, all of them.

    A troupe and a delegation stand by name.
    """

    item: ReadItem
    before: Standing | None
    by: FoundBy
    old: Mapping[str, object]
    new: Mapping[str, object]

    @property
    def key(self) -> str:
        """Return the item's key in its file."""
        return self.item.key

    @property
    def move(self) -> Move:
        """Return what becomes of it."""
        if self.before is None:
            return Move.ADDED
        if any(name in self.new for name in PLACE):
            return Move.MOVED
        return Move.REWORDED if self.new else Move.SAME


@dataclass(frozen=True, kw_only=True)
class Diff:
    """All that a file would do. `missing` are items of the draft that it does not have."""

    steps: tuple[Step, ...]
    missing: tuple[Standing, ...]
    stages: tuple[NewStage, ...]
    days: tuple[NewDay, ...]
    troupes: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Return what has to be put right or left out before anything is taken."""
        return tuple(finding for finding in self.findings if finding.fault)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what is odd and in nobody's way."""
        return tuple(finding for finding in self.findings if not finding.fault)

    @property
    def counts(self) -> Mapping[Move, int]:
        """Return how many items are added, moved, reworded and left as they are."""
        return Counter(step.move for step in self.steps)

    @property
    def acting(self) -> tuple[Step, ...]:
        """Return the steps that change something."""
        return tuple(step for step in self.steps if step.move is not Move.SAME)

    @property
    def seen(self) -> str:
        """Return what tells this diff from one of another file, or of another draft."""
        told = [
            [step.key, step.before.ref if step.before else "", step.before.version if step.before else 0]
            + [f"{name}={value!r}" for name, value in sorted(step.new.items())]
            for step in self.steps
        ]
        gone = [[one.ref, one.version, one.released_in or 0] for one in self.missing]
        return digest([told, gone, [repr(one) for one in (*self.stages, *self.days, *self.troupes)]])

    def refuse_other(self, seen: str) -> None:
        """Raise `Conflict` unless this is what somebody has been shown."""
        if self.seen != seen:
            raise Conflict(
                N_("Somebody changed the draft since you checked the file. Below is what it does now.")
            )


def compare(read: ReadProgramme, ground: Ground, *, left_out: Collection[str] = ()) -> Diff:
    """Return what a file would do to the draft, without the items that somebody leaves out by their keys."""
    items = [item for item in read.items if item.key not in left_out]
    findings = [one for one in read.findings if not (one.key and one.key in left_out)]
    found = match(items, ground.items)
    codes, stages = place_rooms(hold_rooms(items, read.rooms), ground)
    steps = tuple(_step(item, found, codes, ground, read) for item in items)
    matched = {before.ref for before, _ in found.values()}
    return Diff(
        steps=steps,
        missing=tuple(
            one for one in ground.items if one.ref not in matched and not one.is_off and not one.is_hidden
        ),
        stages=stages,
        days=tuple(add_days(items, ground.days, ZoneInfo(ground.timezone))),
        troupes=tuple(_new_troupes(items, ground)),
        findings=(
            *findings,
            *_repeated(items),
            *_odd_steps(steps),
            *_guessed(steps),
            *_unknown(items, ground),
        ),
    )


def _step(
    item: ReadItem,
    found: Mapping[str, tuple[Standing, FoundBy]],
    codes: Mapping[str, str],
    ground: Ground,
    read: ReadProgramme,
) -> Step:
    before, by = found.get(item.key, (None, FoundBy.NOTHING))
    wanted = _wanted(item, codes, ground)
    if before is None:
        return Step(item=item, before=None, by=by, old={}, new=_whole(item, wanted))
    new = dict(_differences(item, before, wanted, exact=read.is_table))
    return Step(item=item, before=before, by=by, old={name: _old(before, name) for name in new}, new=new)


def _wanted(item: ReadItem, codes: Mapping[str, str], ground: Ground) -> dict[str, object]:
    """Return what the file says of an item; what it leaves empty it does not say."""
    said: dict[str, object] = {
        "stage": codes[item.room] if item.room is not None else None,
        "start": item.start,
        "minutes": item.minutes,
        "kind": item.kind,
        "status": item.status,
        "troupe": item.troupe,
        "delegation": item.delegation if plain(item.delegation or "") in ground.delegations else None,
        "title_zh": item.title_zh,
        "title_en": item.title_en,
        "notice_zh": item.notice_zh,
        "notice_en": item.notice_en,
        "languages": item.languages,
        "audio": item.audio,
        "props_zh": item.props_zh,
        **item.numbers,
    }
    return {name: value for name, value in said.items() if value not in (None, "", ()) or name in PLACE}


def _whole(item: ReadItem, wanted: Mapping[str, object]) -> dict[str, object]:
    """Return all fields of a new item; a title in one language serves both."""
    title_zh, title_en = item.title_zh or item.title_en, item.title_en or item.title_zh
    usual = {"kind": USUAL_KIND, "status": SCHEDULED}
    start = item.start if item.room is not None else None
    return {**usual, **wanted, "start": start, "title_zh": title_zh, "title_en": title_en}


def _differences(
    item: ReadItem, before: Standing, wanted: Mapping[str, object], *, exact: bool
) -> Iterator[tuple[str, object]]:
    place = {"stage": before.stage, "start": before.start, "minutes": before.minutes}
    for name in _told_places(item, before):
        if wanted[name] != place[name]:
            yield name, wanted[name]
    for name in ("troupe", "delegation"):
        if name in wanted and plain(str(wanted[name])) not in before.names.get(name, frozenset()):
            yield name, wanted[name]
    for pair in PAIRS:
        yield from _words(pair, before, wanted)
    if "languages" in wanted and not _same_languages(before, wanted["languages"], exact):
        yield "languages", wanted["languages"]
    for name in (*WORDS, *item.numbers):
        if name in wanted and wanted[name] != before.values[name]:
            yield name, wanted[name]


def _told_places(item: ReadItem, before: Standing) -> tuple[str, ...]:
    """Return what a file may say of an item's place: without a room it stays on its stage, or waits on."""
    if item.room is not None:
        return PLACE
    return ("start", "minutes") if before.stage is not None else ("minutes",)


def _words(
    pair: tuple[str, str], before: Standing, wanted: Mapping[str, object]
) -> Iterator[tuple[str, object]]:
    """Yield what differs of words in two languages; where one stood in for the other, it still does."""
    zh, en = pair
    alike = before.values[zh] == before.values[en]
    for name, other in ((zh, en), (en, zh)):
        stands_in = before.values[name] or before.values[other]
        if name in wanted:
            if wanted[name] != stands_in:
                yield name, wanted[name]
        elif alike and other in wanted and before.values[name] and wanted[other] != before.values[name]:
            yield name, wanted[other]


def _same_languages(before: Standing, said: object, exact: bool) -> bool:
    """Tell whether the languages agree; most formats name only the first."""
    own: tuple[object, ...] = tuple(before.values["languages"])  # type: ignore[arg-type]
    if exact or not own:
        return own == said
    return own[:1] == said


def _old(before: Standing, name: str) -> object:
    if name in PLACE:
        return {"stage": before.stage, "start": before.start, "minutes": before.minutes}[name]
    return before.values[name]


def _new_troupes(items: Iterable[ReadItem], ground: Ground) -> Iterator[str]:
    names = dict.fromkeys(item.troupe for item in items if item.troupe)
    seen = set(ground.troupes)
    for name in names:
        if plain(name) not in seen:
            seen.add(plain(name))
            yield name


def _repeated(items: Iterable[ReadItem]) -> Iterator[Finding]:
    """Yield a fault for each guid that an earlier item of the file has."""
    first: dict[str, ReadItem] = {}
    for item in items:
        if not item.guid:
            continue
        earlier = first.setdefault(canonical(item.guid), item)
        if earlier is not item:
            yield Finding(
                place=item.place,
                message=N_("The guid “%(guid)s” stands twice: “%(other)s” has it too."),
                params={"guid": item.guid, "other": earlier.title},
                key=item.key,
                fault=True,
            )


def _odd_steps(steps: Iterable[Step]) -> Iterator[Finding]:
    """Name new items that will wait for a place, and fixed points that would move."""
    for step in steps:
        waits = step.before is None and step.item.room is None
        if waits or (step.before is not None and step.before.is_fixed and step.move is Move.MOVED):
            yield Finding(
                place=step.item.place,
                message=N_("No room: “%(title)s” will wait for a place.")
                if waits
                else N_("“%(title)s” is a fixed point, and would move."),
                params={"title": step.item.title},
                key=step.key,
            )


def _guessed(steps: Iterable[Step]) -> Iterator[Finding]:
    """Say how many items were found without a guid."""
    found = Counter(step.by for step in steps)
    if found[FoundBy.SLOT]:
        yield Finding(
            place=WHOLE_FILE,
            message=N_("Items found in the draft by title and start: %(number)s."),
            params={"number": found[FoundBy.SLOT]},
        )
    if found[FoundBy.TITLE]:
        yield Finding(
            place=WHOLE_FILE,
            message=N_("Items found in the draft by their title alone: %(number)s. Look at them closely."),
            params={"number": found[FoundBy.TITLE]},
        )


def _unknown(items: Iterable[ReadItem], ground: Ground) -> Iterator[Finding]:
    """Name the delegations that the event does not have; their items come without one."""
    names = Counter(item.delegation for item in items if item.delegation)
    for name, number in names.items():
        if plain(name) not in ground.delegations:
            yield Finding(
                place=WHOLE_FILE,
                message=N_("The event has no delegation “%(name)s”; items that come without it: %(number)s."),
                params={"name": name, "number": number},
            )
