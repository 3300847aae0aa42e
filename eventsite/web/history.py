"""Rows of the audit log as people read them: who, what and when in the reader's words.

A row names its thing (`booth:12`) and its verb (`edit`). Each feature has the words for its own in
`enums.ACTS`, by kind of thing and verb; `features.ACTS` joins them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy import select

from eventsite.accounts.models import Account
from eventsite.database import db
from eventsite.kernel.words import N_
from eventsite.web.language import say_value
from eventsite.web.templating import instant_words

Acts = Mapping[str, Mapping[str, str]]
Values = Mapping[str, Mapping[str, Mapping[str, str]]]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")
PLAIN: Mapping[str, str] = {"create": N_("added"), "edit": N_("changed"), "remove": N_("removed")}
"""What is said of things that no form of ours changes: the event file adds, changes and removes them."""


class EntryLike(Protocol):
    """What is read of a row of the log."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def verb(self) -> str: ...
    @property
    def thing(self) -> str: ...
    @property
    def changes(self) -> Sequence[Any]: ...
    @property
    def detail(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class ToldEntry:
    """An act in words; `changes` are triples of field, old and new value."""

    at: datetime
    who: str
    what: str
    thing: str
    changes: tuple[tuple[str, str, str], ...]
    reason: str


def init_app(app: Flask, acts: Acts) -> None:
    """Let the site tell acts in the features' words."""
    app.extensions["acts"] = acts


def learn_values(app: Flask, values: Values) -> None:
    """Let the site say values of closed vocabularies in words, by kind of thing and field."""
    app.extensions["values"] = values


def tell(entries: Sequence[EntryLike], *, labels: Mapping[str, str]) -> list[ToldEntry]:
    """Put entries into words; `labels` has a name for each field.

    A verb or field without words is shown as it stands in the log.
    """
    names = _names(entry.actor for entry in entries)
    return [
        ToldEntry(
            at=entry.at,
            who=names.get(entry.actor, entry.actor),
            what=_words_of(entry),
            thing=entry.thing,
            changes=tuple(
                (labels.get(change.field, change.field), *_said(entry, change)) for change in entry.changes
            ),
            reason=str(entry.detail.get("reason", "")),
        )
        for entry in entries
    ]


def _words_of(entry: EntryLike) -> str:
    acts: Acts = current_app.extensions["acts"]
    words = {**PLAIN, **acts.get(entry.thing.partition(":")[0], {})}
    return _(words.get(entry.verb, entry.verb))


def _said(entry: EntryLike, change: Any) -> tuple[str, str]:
    values: Values = current_app.extensions["values"]
    words = values.get(entry.thing.partition(":")[0], {}).get(change.field, {})
    return _word(words, change.before), _word(words, change.after)


def _word(words: Mapping[str, str], value: Any) -> str:
    """Return a value in words; an instant, which the log keeps in ISO 8601, on the event's clock."""
    if isinstance(value, str) and value in words:
        return _(words[value])
    if isinstance(value, str) and INSTANT.fullmatch(value):
        return instant_words(datetime.fromisoformat(value))
    return say_value(value)


def _names(actors: Iterable[str]) -> dict[str, str]:
    """Return who stands behind `account:7`, `pass:…` and `system:…`, the accounts in one query."""
    kinds = {actor: actor.partition(":") for actor in actors}
    ids = [int(ref) for kind, _colon, ref in kinds.values() if kind == "account"]
    found = db.session.execute(select(Account.id, Account.label).where(Account.id.in_(ids))) if ids else ()
    names = {f"account:{account_id}": label for account_id, label in found}
    plain = {
        "system": _("the site itself"),
        "pass": _("a visitor"),
        "applicant": _("the applicant"),
        "troupe": _("the troupe"),
    }
    names.update({actor: plain[kind] for actor, (kind, _c, _r) in kinds.items() if kind in plain})
    return names
