"""A whole file as rows, and rows as a whole file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from eventsite.eventfile.core.paths import Path
from eventsite.eventfile.core.sections import SECTIONS, Record, records
from eventsite.eventfile.mapping.fields import Columns, Place
from eventsite.eventfile.mapping.schema import HEAD, SCHEMA, keys_of, lists_of
from eventsite.eventfile.mapping.sections import ALL, Section
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_

Rows = Mapping[str, Sequence[Columns]]
LEFT_OUT = ("demo_fields",)  # keys that a record without a value does not have


@dataclass(frozen=True, kw_only=True)
class FilePlace:
    """A place without a database: records are known by the ids that they have in the file."""

    zone: tzinfo

    def key_of(self, section: str, ref: str) -> str:
        """Return the id itself."""
        return ref

    def ref_of(self, section: str, key: Any) -> str:
        """Return the id itself."""
        return str(key)


@dataclass(frozen=True, kw_only=True)
class DatabasePlace:
    """A place that knows the primary keys of one event's records."""

    zone: tzinfo
    keys: dict[tuple[str, str], int] = field(default_factory=dict)
    refs: dict[tuple[str, int], str] = field(default_factory=dict)

    def learn(self, section: str, ref: str, key: int) -> None:
        """Remember which row a record is."""
        self.keys[section, ref] = key
        self.refs[section, key] = ref

    def key_of(self, section: str, ref: str) -> int:
        """Return the primary key of the record with that id."""
        return self.keys[section, ref]

    def ref_of(self, section: str, key: Any) -> str:
        """Return the id of the record with that primary key."""
        return self.refs[section, key]


def read_rows(section: Section, tree: Any, place: Place) -> list[Columns]:
    """Return the rows that a section of a sound file stands for."""
    rows = [_row(section, tree, path, record, place) for path, record in records(tree, section.name)]
    if section.name == "rounds" and not rows:
        return [_draw_of_the_raffle(tree["raffle"], place)]
    return rows


def _row(section: Section, tree: Any, path: Path, record: Record, place: Place) -> Columns:
    row: Columns = {}
    for one in section.fields:
        row |= one.read(record, place)
    if section.parent:
        around = _follow(tree, path[:-2])
        row[section.parent] = place.key_of(section.parent_name or "", around["id"])
    if section.has("position"):
        row["position"] = path[-1] if isinstance(path[-1], int) else 0
    return row


def _follow(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _draw_of_the_raffle(raffle: Record, place: Place) -> Columns:
    """Return the one draw of a raffle without rounds; it has the raffle's own id, which no round can have."""
    return {
        "ref": raffle["id"],
        "position": 0,
        "source": raffle["source"],
        "item_id": None,
        "at": None,
        "raffle_id": place.key_of("raffle", raffle["id"]),
    }


def write_tree(head: Columns, rows: Rows, place: Place) -> dict[str, Any]:
    """Return the event file of these rows, in the schema's order.

    Raises `Conflict` where there is none, or more than one, of what a file holds one of.
    """
    made: dict[str, dict[str, Record]] = {}
    tree: dict[str, Any] = {key: head[key] for key in HEAD}
    for name, section in ALL.items():
        told = [(row, _record(section, row, place)) for row in _in_order(section, rows)]
        made[name] = {row["ref"]: record for row, record in told if "ref" in row}
        if section.parent_name is None:
            _put(section, tree, [record for _, record in told])
            continue
        for row, record in told:
            around = made[section.parent_name][place.ref_of(section.parent_name, row[section.parent or ""])]
            around[section.list_key].append(record)
    return {key: tree[key] for key in SCHEMA["properties"]}


def _in_order(section: Section, rows: Rows) -> list[Columns]:
    """Return the rows of a section as the file lists them."""
    own = rows[section.name]
    if section.name == "rounds" and rows["raffle"]:
        own = [row for row in own if row["ref"] != rows["raffle"][0]["ref"]]
    return sorted(own, key=lambda row: tuple(row[column] for column in section.order))


def _record(section: Section, row: Columns, place: Place) -> Record:
    told: Record = {key: [] for key in lists_of(section.name)}
    for one in section.fields:
        for key, value in one.write(row, place).items():
            told[key] = told[key] | value if key in told else value
    left_out = {key for key in LEFT_OUT if told.get(key) is None}
    return {key: told[key] for key in keys_of(section.name) if key in told and key not in left_out}


def _put(section: Section, tree: dict[str, Any], told: list[Record]) -> None:
    """Put records where the file has them, at the top or in the one object around."""
    path = SECTIONS[section.name]
    if section.is_list:
        around = tree if len(path) == 2 else tree[path[0]]
        around[section.list_key] = told
    else:
        tree[path[0]] = _the_one(path[0], told)


def _the_one(name: str, told: list[Record]) -> Record:
    """Return the record of a section of which a file holds one; raises `Conflict` for none and for more."""
    if not told:
        raise Conflict(N_("The event has no %(section)s and cannot be written as a file."), section=name)
    if len(told) > 1:
        raise Conflict(
            N_("A file holds one “%(section)s” and the event has %(count)s: it cannot be written as a file."),
            section=name,
            count=len(told),
        )
    return told[0]
