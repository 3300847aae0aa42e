"""The schema's own rules: keys, types, closed words, forms of times and dates."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show
from eventsite.kernel.words import N_

WRONG_TYPE = N_("This is %(found)s where %(allowed)s belongs.")
MISSING = N_("This key is missing.")
UNKNOWN = N_("This key is not known.")
NOT_ONE_OF = N_("“%(found)s” is none of %(allowed)s.")
NOT_A_TIME = N_("“%(found)s” is not a time of the form HH:MM.")
NOT_A_DATE = N_("“%(found)s” is not a date of the form YYYY-MM-DD.")
NOT_BY_SCHEMA = N_("“%(found)s” breaks the schema's rule “%(rule)s”.")

Found = tuple[Path, str, dict[str, Any]]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_CHECKER = FormatChecker(formats=())
_SENTENCES = {"pattern": NOT_A_TIME, "format": NOT_A_DATE}


@_CHECKER.checks("date")
def is_date(value: object) -> bool:
    """Tell whether a text is a calendar date; other types are not this rule's business."""
    return not isinstance(value, str) or read_date(value) is not None


def read_date(text: str) -> date | None:
    """Return the date that a text of the form YYYY-MM-DD names, if there is such a day."""
    if _DATE.match(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def check_schema(tree: Any, schema: Mapping[str, Any], faults: Faults) -> None:
    """Note what breaks the schema, each missing or unknown key by itself."""
    for error in Draft202012Validator(schema, format_checker=_CHECKER).iter_errors(tree):
        for path, message, params in _read(error):
            faults.add(path, message, **params)
        if faults.are_enough:
            return


def _read(error: ValidationError) -> Iterator[Found]:
    path, rule = tuple(error.absolute_path), str(error.validator)
    found: Any = error.instance
    wanted: Any = error.validator_value
    schema: Any = error.schema
    if rule == "required":  # one error a key, which does not say which: told twice, counted once
        yield from (((*path, key), MISSING, {}) for key in wanted if key not in found)
    elif rule == "additionalProperties":
        yield from (((*path, key), UNKNOWN, {}) for key in found if key not in schema["properties"])
    elif rule == "type":
        yield path, WRONG_TYPE, {"found": type_of(found), "allowed": _listed(wanted)}
    elif rule == "enum":
        yield path, NOT_ONE_OF, {"found": show(found), "allowed": _listed(wanted)}
    elif rule in _SENTENCES:
        yield path, _SENTENCES[rule], {"found": show(found)}
    else:
        yield path, NOT_BY_SCHEMA, {"found": show(found), "rule": rule}


def type_of(value: object) -> str:
    """Return the JSON name of a value's type."""
    names = {bool: "boolean", dict: "object", list: "array", str: "string", type(None): "null"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "number")


def _listed(allowed: Any) -> str:
    return ", ".join(allowed) if isinstance(allowed, list) else str(allowed)
