"""From bytes to a tree of JSON values, with limits that hold before anything is built."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show
from eventsite.kernel.words import N_

LARGEST = 20 * 1024 * 1024  # bytes
DEEPEST = 40  # brackets inside brackets; the schema needs seven
LONGEST_WHOLE = 18  # digits

TOO_LARGE = N_("The file has more than %(largest)s MB.")
NOT_UTF8 = N_("The byte at position %(position)s is not UTF-8.")
TOO_DEEP = N_("Line %(line)s, column %(column)s: more than %(deepest)s brackets are open at once.")
NOT_JSON = N_("Line %(line)s, column %(column)s: this is not JSON (%(reason)s).")
TWICE = N_("This key is given twice.")
NOT_A_NUMBER = N_("This is not a number that can be kept.")
NOT_TEXT = N_("This text holds a character that cannot be stored (%(code)s).")

# A string (an unfinished one runs to the end, so that no sign is looked at twice) or a bracket.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
# What no database keeps, and what forms take out: control signs, and those that turn what follows around.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class _Doubled(dict[str, Any]):
    """An object that gave some keys twice."""

    twice: tuple[str, ...] = ()


def parse(raw: bytes, faults: Faults) -> Any:
    """Return the tree; where there are faults it must not be used beyond finding more of them."""
    if len(raw) > LARGEST:
        faults.add((), TOO_LARGE, largest=LARGEST // 1024 // 1024)
        return None
    text = _decode(raw, faults)
    if text is None or _is_too_deep(text, faults):
        return None
    try:
        tree = json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        faults.add((), NOT_JSON, line=error.lineno, column=error.colno, reason=error.msg)
        return None
    for path, message, params in _unfit(tree, ()):
        faults.add(path, message, **params)
    return tree


def _decode(raw: bytes, faults: Faults) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add((), NOT_UTF8, position=error.start)
        return None


def _is_too_deep(text: str, faults: Faults) -> bool:
    depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        if depth > DEEPEST:
            line = text.count("\n", 0, token.start()) + 1
            column = token.start() - text.rfind("\n", 0, token.start())
            faults.add((), TOO_DEEP, line=line, column=column, deepest=DEEPEST)
            return True
    return False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = _Doubled(found)
    doubled.twice = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return doubled


def _whole(digits: str) -> int | float:
    """Read a whole number; one of absurd length becomes a float, which the limits refuse."""
    return int(digits) if len(digits) <= LONGEST_WHOLE else float(digits)


def _unfit(value: Any, path: Path) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Yield what JSON readers let pass and no database can keep."""
    if isinstance(value, dict):
        for key in value.twice if isinstance(value, _Doubled) else ():
            yield (*path, key), TWICE, {}
        for key, inner in value.items():
            if found := _UNFIT.search(key):
                yield (*path, key), NOT_TEXT, {"code": show(found[0])}
            yield from _unfit(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unfit(inner, (*path, index))
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, NOT_A_NUMBER, {}
    elif isinstance(value, str) and (found := _UNFIT.search(value)):
        yield path, NOT_TEXT, {"code": show(found[0])}
