"""Which part of a programme is taken: a day, a stage, a city, or somebody's favourites."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from eventsite.exports.core.values import NOTHING, Both, Entry, Links, Snapshot
from eventsite.exports.core.words import WORDS


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Filters as they stand in an address; empty ones choose everything. `marks` are favourites."""

    day: str = ""
    stage: str = ""
    city: str = ""
    marks: tuple[str, ...] | None = None

    @property
    def asked(self) -> dict[str, str]:
        """Return the filters as an address has them."""
        named = {"day": self.day, "stage": self.stage, "city": self.city, "fav": ".".join(self.marks or ())}
        return {name: value for name, value in named.items() if value}

    def takes(self, entry: Entry) -> bool:
        """Tell whether an item fits all filters."""
        return (
            (not self.stage or entry.room.code == self.stage)
            and (not self.city or (entry.team is not None and entry.team.ref == self.city))
            and (not self.day or entry.day.isoformat() == self.day)
            and (self.marks is None or entry.mark in self.marks)
        )


def narrow(snapshot: Snapshot, choice: Choice, links: Links) -> Snapshot:
    """Return the chosen part of a snapshot under its own links: no items where nothing fits."""
    if choice == Choice():
        return replace(snapshot, links=links)
    return replace(
        snapshot,
        entries=[entry for entry in snapshot.entries if choice.takes(entry)],
        rooms=[room for room in snapshot.rooms if choice.stage in ("", room.code)],
        days=[day for day in snapshot.days if choice.day in ("", day.date.isoformat())],
        part=_words(snapshot, choice),
        links=links,
    )


def is_known(snapshot: Snapshot, choice: Choice) -> bool:
    """Tell whether the filters name things of this programme, and no favourites."""
    return (
        choice.marks is None
        and (not choice.stage or choice.stage in {room.code for room in snapshot.rooms})
        and (not choice.day or choice.day in {entry.day.isoformat() for entry in snapshot.entries})
        and (not choice.city or choice.city in {entry.team.ref for entry in snapshot.entries if entry.team})
    )


def _words(snapshot: Snapshot, choice: Choice) -> Both:
    stages = [room.name for room in snapshot.rooms if room.code == choice.stage]
    teams = (entry.team for entry in snapshot.entries)
    cities = [team.city for team in teams if team and team.ref == choice.city]
    days = [Both(choice.day, choice.day)] if choice.day else []
    liked = [WORDS["favourites"]] if choice.marks is not None else []
    return _joined([*days, *stages, *cities[:1], *liked])


def _joined(parts: Iterable[Both]) -> Both:
    said = list(parts)
    if not said:
        return NOTHING
    return Both(*(" · ".join(part.said(language) for part in said) for language in ("zh", "en")))
