"""Ids, codes and references: everything has one name, and every name leads somewhere."""

import re
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show, write_path
from eventsite.eventfile.core.sections import REFERENCES, SECTIONS, Record, all_records, records, text_of
from eventsite.kernel.words import N_

NOT_A_SLUG = N_(
    "“%(found)s” cannot stand in an address: 1 to 80 small letters, digits and hyphens, no hyphen first."
)
NOT_AN_ID = N_("“%(found)s” is no id: 1 to 80 letters, digits, hyphens, underscores or dots, no dot first.")
NOT_A_CODE = N_("Letters, digits, dot, hyphen and underscore; a letter or digit first.")
SAME_ID = N_("“%(found)s” is also the id of %(other)s.")
SAME_CODE = N_("“%(found)s” is also the code of %(other)s.")
SAME_DAY = N_("%(other)s has the same date.")
SAME_SLOT = N_("%(other)s is a release at the same time.")
SAME_PARTY = N_("%(other)s is the same organization.")
SAME_COUNT = N_("%(other)s is a count of the same time.")
SAME_BOOTH = N_("%(other)s holds the same booth.")
NOWHERE = N_("There is no “%(found)s” in %(section)s.")
NOT_ITS_OWN = N_("“%(found)s” is no commitment of this agreement.")

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")
_ID = re.compile(r"[\w-][\w.-]{0,79}\Z")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")  # as it stands in addresses

Keyed = Callable[[Path, Record], Hashable | None]


def check_identity(tree: Any, faults: Faults) -> None:
    """Note ids, codes and references that are malformed, double or lead nowhere."""
    _check_shapes(tree, faults)
    _check_ids(tree, faults)
    for section, key, message in _DOUBLES:
        _check_doubles(tree, section, key, message, faults)
    _check_references(tree, faults)
    _check_commitments(tree, faults)
    _check_counted_zones(tree, faults)


def _check_shapes(tree: Any, faults: Faults) -> None:
    for section, path, record in all_records(tree):
        name, code = text_of(record, "id"), text_of(record, "code")
        if section == "event":
            _expect(_SLUG, name, NOT_A_SLUG, (*path, "id"), faults)
        else:
            _expect(_ID, name, NOT_AN_ID, (*path, "id"), faults)
        _expect(_CODE, code, NOT_A_CODE, (*path, "code"), faults)


def _expect(shape: re.Pattern[str], text: str | None, message: str, path: Path, faults: Faults) -> None:
    if text is not None and shape.match(text) is None:
        faults.add(path, message, found=show(text))


def _check_ids(tree: Any, faults: Faults) -> None:
    seen: dict[str, Path] = {}
    for _, path, record in all_records(tree):
        name = text_of(record, "id")
        if name is None:
            continue
        if name in seen:
            faults.add((*path, "id"), SAME_ID, found=show(name), other=write_path(seen[name]))
        seen.setdefault(name, path)


def _check_doubles(tree: Any, section: str, key: Keyed, message: str, faults: Faults) -> None:
    seen: dict[Hashable, Path] = {}
    for path, record in records(tree, section):
        found = key(path, record)
        if found is None:
            continue
        if found in seen:
            faults.add(path, message, found=show(record.get("code")), other=write_path(seen[found]))
        seen.setdefault(found, path)


def _all_texts(*keys: str, within_parent: bool = False) -> Keyed:
    def read(path: Path, record: Record) -> Hashable | None:
        values = tuple(text_of(record, key) for key in keys)
        if None in values:
            return None
        return (path[:-1], values) if within_parent else values

    return read


_DOUBLES: tuple[tuple[str, Keyed, str], ...] = (
    ("zones", _all_texts("code"), SAME_CODE),
    ("stages", _all_texts("code"), SAME_CODE),
    ("booths", _all_texts("code"), SAME_CODE),
    ("days", _all_texts("date"), SAME_DAY),
    ("slots", _all_texts("date", "release_at", within_parent=True), SAME_SLOT),
    ("parties", _all_texts("organization_id", within_parent=True), SAME_PARTY),
    ("observations", _all_texts("date", "time"), SAME_COUNT),
    ("applications", _all_texts("booth_id"), SAME_BOOTH),
)


def _check_references(tree: Any, faults: Faults) -> None:
    known = {section: _ids(tree, section) for section in SECTIONS if _is_readable(tree, section)}
    for _, path, record in all_records(tree):
        for key in sorted(record.keys() & REFERENCES.keys()):
            name, section = text_of(record, key), REFERENCES[key]
            if name is not None and name not in known.get(section, (name,)):
                faults.add((*path, key), NOWHERE, found=show(name), section=section)


def _check_commitments(tree: Any, faults: Faults) -> None:
    agreements = {name: path[:2] for path, name in _named(tree, "commitments")}
    for path, record in records(tree, "follow_ups"):
        name = text_of(record, "commitment_id")
        if name in agreements and agreements[name] != path[:2]:
            faults.add((*path, "commitment_id"), NOT_ITS_OWN, found=show(name))


def _check_counted_zones(tree: Any, faults: Faults) -> None:
    if not _is_readable(tree, "zones"):
        return
    zones = _ids(tree, "zones")
    for path, record in records(tree, "observations"):
        by_zone = record.get("by_zone")
        for name in by_zone if isinstance(by_zone, dict) else ():
            if name not in zones:
                faults.add((*path, "by_zone", name), NOWHERE, found=show(name), section="zones")


def _is_readable(tree: Any, section: str) -> bool:
    """Tell whether the section is a list: what is wrong with it says enough, its ids are not missing each."""
    return isinstance(tree, dict) and isinstance(tree.get(SECTIONS[section][0]), list)


def _ids(tree: Any, section: str) -> set[str]:
    return {name for _, name in _named(tree, section)}


def _named(tree: Any, section: str) -> Iterator[tuple[Path, str]]:
    for path, record in records(tree, section):
        name = text_of(record, "id")
        if name is not None:
            yield path, name
