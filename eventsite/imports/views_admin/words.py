"""A diff in the reader's words: places in the file, differences, and what is added beside the items."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsite.imports.core.diff import Diff, Step
from eventsite.imports.core.ground import Standing
from eventsite.imports.core.heads import HEADS
from eventsite.imports.core.values import Finding, Place, Where
from eventsite.imports.enums import FIELD_WORDS, FOUND_WORDS, FoundBy, Move
from eventsite.programme.enums import KINDS, STATES
from eventsite.web.language import language, say_value, word
from eventsite.web.templating import day_words

MOST_SHOWN = 200  # of each list: nobody reads more on a page
ORDER = ("start", "stage", "minutes")
GUESSED = (FoundBy.SLOT, FoundBy.TITLE)


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """Something about the file: where, and what; `key` is that of the item that it hinders."""

    key: str
    place: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ShownStep:
    """What becomes of an item; `changes` are triples of a field's name, its old and its new value."""

    key: str
    place: str
    title: str
    when: str
    stage: str
    found: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ShownMissing:
    """An item of the draft that the file does not have."""

    ref: str
    id: int
    title: str
    when: str
    stage: str
    released_in: int | None


@dataclass(frozen=True, kw_only=True)
class ShownDiff:
    """A diff as its page shows it; lists are cut, counts are not."""

    faults: Sequence[ShownFinding]
    warnings: Sequence[ShownFinding]
    moved: Sequence[ShownStep]
    reworded: Sequence[ShownStep]
    added: Sequence[ShownStep]
    missing: Sequence[ShownMissing]
    counts: Mapping[str, int]
    beside: Sequence[str]

    @property
    def may_take(self) -> bool:
        """Tell whether there is something to take, and each fault is here to be left out."""
        acting = sum(self.counts[name] for name in ("added", "moved", "reworded", "missing"))
        return acting > 0 and self.counts["faults"] <= MOST_SHOWN


def show_diff(diff: Diff, zone_time: Callable[[datetime], str]) -> ShownDiff:
    """Put a diff into words; `zone_time` gives a time of day at the fair."""
    by_move = {move: [step for step in diff.steps if step.move is move] for move in Move}

    def steps(move: Move) -> list[ShownStep]:
        return [_step(step, zone_time) for step in by_move[move][:MOST_SHOWN]]

    return ShownDiff(
        faults=_findings(diff.faults),
        warnings=_findings(diff.warnings),
        moved=steps(Move.MOVED),
        reworded=steps(Move.REWORDED),
        added=steps(Move.ADDED),
        missing=[_missing(one, zone_time) for one in diff.missing[:MOST_SHOWN]],
        counts={
            **{move.value: len(found) for move, found in by_move.items()},
            "missing": len(diff.missing),
            "faults": len(diff.faults),
            "warnings": len(diff.warnings),
        },
        beside=list(_beside(diff)),
    )


def say_place(place: Place) -> str:
    """Return a place in a file in the reader's words; a JSON path says itself."""
    if place.where is Where.FILE:
        return _("the file")
    if place.where is Where.PATH:
        return place.at
    if place.where is Where.LINE:
        return _("line %(number)s", number=place.at)
    row = _("row %(number)s", number=place.at)
    if place.column not in HEADS:
        return row
    chinese, english = HEADS[place.column]
    return f"{row} · {(chinese if language() == 'zh' else english)[0]}"


def _findings(findings: Iterable[Finding]) -> list[ShownFinding]:
    shown = [
        ShownFinding(key=one.key, place=say_place(one.place), sentence=_(one.message, **dict(one.params)))
        for one in findings
    ]
    return shown[:MOST_SHOWN]


def _step(step: Step, zone_time: Callable[[datetime], str]) -> ShownStep:
    item = step.item
    names = sorted(step.new, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    return ShownStep(
        key=step.key,
        place=say_place(item.place),
        title=item.title if language() == "zh" else item.title_en or item.title,
        when=_when(item.start, item.minutes, zone_time) if item.room else _("waits for a place"),
        stage=item.room or "",
        found=_(FOUND_WORDS[step.by]) if step.by in GUESSED else "",
        changes=tuple(
            (
                _(FIELD_WORDS[name]),
                _value(name, step.old.get(name), zone_time),
                _value(name, step.new[name], zone_time),
            )
            for name in (names if step.before is not None else ())
        ),
    )


def _missing(one: Standing, zone_time: Callable[[datetime], str]) -> ShownMissing:
    return ShownMissing(
        ref=one.ref,
        id=one.id,
        title=str(one.values["title_zh"] if language() == "zh" else one.values["title_en"]) or one.title,
        when=_when(one.start, one.minutes, zone_time) if one.start else _("waits for a place"),
        stage=one.stage or "",
        released_in=one.released_in,
    )


def _when(start: datetime, minutes: int, zone_time: Callable[[datetime], str]) -> str:
    length = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return f"{day_words(start)} {zone_time(start)} · {length}"


def _value(name: str, value: object, zone_time: Callable[[datetime], str]) -> str:
    if isinstance(value, datetime):
        return f"{day_words(value)} {zone_time(value)}"
    if name == "kind":
        return word(KINDS, str(value))
    if name == "status":
        return word(STATES, str(value))
    return say_value(value)


def _beside(diff: Diff) -> Iterable[str]:
    """Yield sentences about stages, days and troupes that the event gets."""
    between = _(", ")
    if diff.stages:
        names = between.join(stage.name_zh for stage in diff.stages[:MOST_SHOWN])
        yield ngettext(
            "New stage: %(names)s", "New stages (%(num)s): %(names)s", len(diff.stages), names=names
        )
    if diff.days:
        names = between.join(day_words(day.date) for day in diff.days[:MOST_SHOWN])
        yield ngettext("New day: %(names)s", "New days (%(num)s): %(names)s", len(diff.days), names=names)
    if diff.troupes:
        names = between.join(diff.troupes[:10]) + ("…" if len(diff.troupes) > 10 else "")
        yield ngettext(
            "New troupe: %(names)s", "New troupes (%(num)s): %(names)s", len(diff.troupes), names=names
        )
