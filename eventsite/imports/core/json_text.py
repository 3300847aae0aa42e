"""JSON from strangers: no key twice, no number that is none, no nesting without end; faults have a path."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from eventsite.imports.errors import Unreadable
from eventsite.kernel.words import N_

MOST_DIGITS = 18
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")
SHOWN = 40


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    key: str


class _NoNumber:
    """What stands where a number should be."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Reader:
    """One reading; `odd` tells whether a walk has to find the place of something."""

    def __init__(self) -> None:
        self.odd = False

    def read(self, text: str) -> Any:
        """Return the value; raises `json.JSONDecodeError` and `RecursionError`."""
        return json.loads(
            text,
            object_pairs_hook=self._object,
            parse_constant=self._no_number,
            parse_int=self._whole,
            parse_float=self._number,
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        self.odd = True
        doubled, seen = _Doubled(found), set()
        for key, _ in pairs:
            if key in seen:
                doubled.key = key
                break
            seen.add(key)
        return doubled

    def _no_number(self, text: str) -> _NoNumber:
        self.odd = True
        return _NoNumber(text)

    def _whole(self, text: str) -> int | _NoNumber:
        return int(text) if len(text) <= MOST_DIGITS else self._no_number(text)

    def _number(self, text: str) -> float | _NoNumber:
        number = float(text)
        return number if isfinite(number) else self._no_number(text)


def read_json(text: str) -> Any:
    """Return what a JSON text says; raises `Unreadable` with line and column, or with the JSON path."""
    reader = _Reader()
    try:
        found = reader.read(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            N_("Line %(line)s, column %(column)s: the JSON is broken here (%(why)s)."),
            line=error.lineno,
            column=error.colno,
            why=error.msg,
        ) from error
    except RecursionError as error:
        raise Unreadable(
            N_("Line %(line)s: lists and objects are nested too deeply."), line=_deep_line(text)
        ) from error
    if reader.odd:
        _refuse_odd(found)
    return found


def _refuse_odd(found: Any) -> None:
    for path, value in _walk(found):
        if isinstance(value, _Doubled):
            raise Unreadable(
                N_("%(path)s: the key “%(key)s” stands twice."), path=path, key=value.key[:SHOWN]
            )
        if isinstance(value, _NoNumber):
            raise Unreadable(
                N_("%(path)s: “%(text)s” is no number that can be read."), path=path, text=value.text[:SHOWN]
            )


def _walk(found: Any) -> Iterator[tuple[str, Any]]:
    """Yield every value with its path, in no order that matters, without calling itself."""
    waiting = [("$", found)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, dict):
            waiting += [(step(path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(step(path, place), inner) for place, inner in enumerate(value)]


def step(path: str, key: str | int) -> str:
    """Return the path one step on."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if NAME.fullmatch(key) else f"{path}[{json.dumps(key, ensure_ascii=False)[:80]}]"


def _deep_line(text: str) -> int:
    """Return the line on which the deepest value begins."""
    depth = deepest = at = 0
    for token in TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > deepest:
                deepest, at = depth, token.start()
        elif token[0] in "]}":
            depth -= 1
    return text.count("\n", 0, at) + 1
