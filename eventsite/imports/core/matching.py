"""Which item of the draft an item of a file is: by guid, by id, by title and start, by its title alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from eventsite.imports.core.ground import Standing, canonical
from eventsite.imports.core.texts import plain
from eventsite.imports.core.values import ReadItem
from eventsite.imports.enums import FoundBy

Thing = TypeVar("Thing")
Found = tuple[Standing, FoundBy]


def match(items: Sequence[ReadItem], there: Iterable[Standing]) -> dict[str, Found]:
    """Return the items of the draft by the keys of the file's items; each is found once at most.

    Title and start, and the title alone, count only where they name one item on either side.
    """
    pairs = _Pairs(items, there)
    pairs.by_guid()
    pairs.by_ref()
    pairs.by_slot()
    pairs.by_title()
    return pairs.found


class _Pairs:
    """Who has been found so far, and who is left."""

    def __init__(self, items: Sequence[ReadItem], there: Iterable[Standing]) -> None:
        self._items = items
        self._left = {one.ref: one for one in there}
        self.found: dict[str, Found] = {}

    def by_guid(self) -> None:
        """Take those that carry a guid of the draft."""
        guids = {guid: one for one in self._left.values() for guid in one.guids}
        for item in self._items:
            if item.guid:
                self._take(item, guids.get(canonical(item.guid)), FoundBy.GUID)

    def by_ref(self) -> None:
        """Take those that carry the draft's own id and no guid."""
        for item in self._items:
            if item.ref and not item.guid:
                self._take(item, self._left.get(item.ref), FoundBy.REF)

    def by_slot(self) -> None:
        """Take those of one title and start, unless both sides have guids and these differ."""
        for item, one in _alike(self._open, self._left.values(), _slots_of_item, _slots):
            if not (item.guid and one.foreign_guid):
                self._take(item, one, FoundBy.SLOT)

    def by_title(self) -> None:
        """Take those without a guid of one title."""
        for item, one in _alike(self._open, self._left.values(), _titles_of_item, _titles):
            if not item.guid:
                self._take(item, one, FoundBy.TITLE)

    @property
    def _open(self) -> list[ReadItem]:
        return [item for item in self._items if item.key not in self.found]

    def _take(self, item: ReadItem, one: Standing | None, how: FoundBy) -> None:
        if one is not None and one.ref in self._left and item.key not in self.found:
            self.found[item.key] = (self._left.pop(one.ref), how)


def _alike(
    items: Iterable[ReadItem],
    left: Iterable[Standing],
    of_item: Callable[[ReadItem], set[Any]],
    of_standing: Callable[[Standing], set[Any]],
) -> list[tuple[ReadItem, Standing]]:
    """Return the pairs that share a mark which nobody else has."""
    ours = _single((mark, item) for item in items for mark in of_item(item))
    theirs = _single((mark, one) for one in left for mark in of_standing(one))
    return [(item, theirs[mark]) for mark, item in ours.items() if mark in theirs]


def _single(pairs: Iterator[tuple[Any, Thing]]) -> dict[Any, Thing]:
    marks: dict[Any, list[Thing]] = {}
    for mark, thing in pairs:
        marks.setdefault(mark, []).append(thing)
    return {mark: things[0] for mark, things in marks.items() if len(things) == 1}


def _titles_of_item(item: ReadItem) -> set[str]:
    return {plain(title) for title in (item.title_zh, item.title_en) if title}


def _titles(one: Standing) -> set[str]:
    return {plain(str(one.values[name])) for name in ("title_zh", "title_en") if one.values[name]}


def _slots_of_item(item: ReadItem) -> set[tuple[str, Any]]:
    return {(title, item.start) for title in _titles_of_item(item)}


def _slots(one: Standing) -> set[tuple[str, Any]]:
    return {(title, one.start) for title in _titles(one)} if one.start else set()
