"""Where two event files differ, in terms of the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eventsite.eventfile.core.paths import Path, show, write_path


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A place with its value in the site and in the file, `None` where there is none.

    `ref` is the record's id.
    """

    path: str
    ref: str
    old: Any
    new: Any

    def __str__(self) -> str:
        name = f" ({self.ref})" if self.ref else ""
        return f"{self.path}{name}: {show(self.old)} → {show(self.new)}"


def find_differences(old: Any, new: Any) -> list[Difference]:
    """Return where `new` says something else than `old`.

    Records are matched by id, so that one that moved in its list is told as a new order and nothing more.
    """
    return list(_compare(old, new, (), ""))


def _compare(old: Any, new: Any, path: Path, ref: str) -> Iterator[Difference]:
    if old == new and isinstance(old, bool) == isinstance(new, bool):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _compare_objects(old, new, path, str(new.get("id", ref)))
    elif _are_records(old) and _are_records(new) and (old or new):
        yield from _compare_records(old, new, path)
    else:
        yield Difference(path=write_path(path), ref=ref, old=old, new=new)


def _compare_objects(old: Any, new: Any, path: Path, ref: str) -> Iterator[Difference]:
    for key in [*new, *(key for key in old if key not in new)]:
        yield from _compare(old.get(key), new.get(key), (*path, key), ref)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) and "id" in item for item in value)


def _compare_records(old: list[Any], new: list[Any], path: Path) -> Iterator[Difference]:
    before = {record["id"]: record for record in old}
    after = {record["id"]: record for record in new}
    for index, record in enumerate(new):
        yield from _compare(before.get(record["id"]), record, (*path, index), record["id"])
    for index, record in enumerate(old):
        if record["id"] not in after:
            yield Difference(path=write_path((*path, index)), ref=record["id"], old=record, new=None)
    kept, order = [name for name in before if name in after], [name for name in after if name in before]
    if kept != order:
        yield Difference(path=write_path(path), ref="", old=kept, new=order)
