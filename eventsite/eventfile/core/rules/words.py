"""Open words, lists of texts and times, the time zone."""

from collections.abc import Iterator
from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show
from eventsite.eventfile.core.schema import NOT_A_TIME, WRONG_TYPE, type_of
from eventsite.eventfile.core.sections import Record, all_records, records, text_of
from eventsite.eventfile.core.times import read_time, read_zone
from eventsite.kernel.openwords import is_open_word
from eventsite.kernel.words import N_

OPEN_WORDS = ("category", "genre", "kind", "team", "phase", "channel", "roles")
NOT_A_WORD = N_("“%(found)s” is no word of 1 to 40 small letters and underscores.")
NO_SUCH_ZONE = N_("“%(found)s” is no time zone that is known here.")


def check_words(tree: Any, faults: Faults) -> None:
    """Note words, times in lists and a time zone that cannot be meant."""
    for _, path, record in all_records(tree):
        for where, word in _open_words(path, record):
            if not is_open_word(word):
                faults.add(where, NOT_A_WORD, found=show(word))
    _check_sessions(tree, faults)
    _check_tags(tree, faults)
    for path, record in records(tree, "event"):
        name = text_of(record, "timezone")
        if name is not None and read_zone(name) is None:
            faults.add((*path, "timezone"), NO_SUCH_ZONE, found=show(name))


def _open_words(path: Path, record: Record) -> Iterator[tuple[Path, str]]:
    for key in OPEN_WORDS:
        value = record.get(key)
        if isinstance(value, str):
            yield (*path, key), value
        for index, word in enumerate(value if isinstance(value, list) else ()):
            if isinstance(word, str):
                yield (*path, key, index), word


def _check_sessions(tree: Any, faults: Faults) -> None:
    for path, record in records(tree, "workshops"):
        sessions = record.get("sessions")
        for index, text in enumerate(sessions if isinstance(sessions, list) else ()):
            if isinstance(text, str) and read_time(text) is None:
                faults.add((*path, "sessions", index), NOT_A_TIME, found=show(text))


def _check_tags(tree: Any, faults: Faults) -> None:
    """The schema leaves the type of a tag open."""
    for path, record in records(tree, "faq"):
        tags = record.get("tags")
        for index, tag in enumerate(tags if isinstance(tags, list) else ()):
            if not isinstance(tag, str):
                faults.add((*path, "tags", index), WRONG_TYPE, found=type_of(tag), allowed="string")
