"""Rows of the audit log as an object's page tells them: who, what and when in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import select

from eventsite.accounts.models import Account
from eventsite.database import db
from eventsite.web.language import say_value


class EntryLike(Protocol):
    """What is read of a row of the log."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def verb(self) -> str: ...
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
    changes: tuple[tuple[str, str, str], ...]
    reason: str


def tell(
    entries: Sequence[EntryLike], *, acts: Mapping[str, str], labels: Mapping[str, str]
) -> list[ToldEntry]:
    """Put entries into words: `acts` has a sentence for each verb, `labels` a name for each field.

    A verb or field without words is shown as it stands in the log.
    """
    names = _names(entry.actor for entry in entries)
    return [
        ToldEntry(
            at=entry.at,
            who=names.get(entry.actor, entry.actor),
            what=_(acts.get(entry.verb, entry.verb)),
            changes=tuple(
                (labels.get(change.field, change.field), say_value(change.before), say_value(change.after))
                for change in entry.changes
            ),
            reason=str(entry.detail.get("reason", "")),
        )
        for entry in entries
    ]


def _names(actors: Iterable[str]) -> dict[str, str]:
    """Return who stands behind `account:7` and `system:…`, the accounts in one query."""
    kinds = {actor: actor.partition(":") for actor in actors}
    ids = [int(ref) for kind, _colon, ref in kinds.values() if kind == "account"]
    found = db.session.execute(select(Account.id, Account.label).where(Account.id.in_(ids))) if ids else ()
    names = {f"account:{account_id}": label for account_id, label in found}
    names.update({actor: _("the site itself") for actor, (kind, _c, _r) in kinds.items() if kind == "system"})
    return names
