"""What was done with an application, in the words of its form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask_babel import gettext as _

from eventsite.applications.enums import MATTER_WORDS, Matter
from eventsite.applications.forms import ApplicationForm
from eventsite.applications.forms.apply import said_answer
from eventsite.applications.models import Application, CallQuestion
from eventsite.applications.sheets import EXHIBITOR_COLUMNS
from eventsite.audit.core import Change, HistoryEntry
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations
from eventsite.kernel.words import N_
from eventsite.web.forms import labels_of
from eventsite.web.history import ToldEntry, tell
from eventsite.web.language import pick, say_value

Say = Callable[[Any], Any]
LABELS: Mapping[str, str] = {
    "products": N_("Products"),
    "appliances": N_("Appliances"),
    "places": N_("Number of booths"),
    "status": N_("Status"),
    "matter": N_("Matter"),
    "verdict": N_("Verdict"),
    "point": N_("What has to be put right"),
    "points": N_("What has to be put right"),
    "until": N_("Correction by"),
    "booths": N_("Booth"),
    "how": N_("How it was given"),
}
"""Names of what the form does not ask, or asks row by row."""
TOLD = ("matter", "points", "until", "booths", "how")
"""What an act says beside the fields that it changed."""


def told_history(event: Event, row: Application) -> list[ToldEntry]:
    """Return who did what with an application, newest first: fields and lists as its form has them."""
    questions = {f"q{question.id}": question for question in row.call.questions} if row.call else {}
    says = _says(event, questions)
    entries = [
        replace(entry, changes=tuple(_said(change, says) for change in _open(entry) if _tells(change)))
        for entry in history_of(event.id, f"application:{row.id}")
    ]
    return tell(entries, labels=_labels(questions))


def _says(event: Event, questions: Mapping[str, CallQuestion]) -> dict[str, Say]:
    """Return how values of the log are put into words, by field."""
    cities = {one.ref: pick(one, "city") for one in list_delegations(event)}
    return {
        "products": lambda rows: [_product(one) for one in rows],
        "appliances": lambda rows: [_appliance(one) for one in rows],
        "points": lambda rows: [_point(*one) for one in rows],
        "delegation": lambda ref: cities.get(ref, ref),
        **{key: partial(said_answer, question) for key, question in questions.items()},
    }


def _labels(questions: Mapping[str, CallQuestion]) -> dict[str, str]:
    return {
        **{column.name: _(column.title) for column in EXHIBITOR_COLUMNS},
        **labels_of(ApplicationForm),
        **{name: _(words) for name, words in LABELS.items()},
        **{key: pick(question, "text") for key, question in questions.items()},
    }


def _open(entry: HistoryEntry) -> Iterator[Change]:
    """Yield what changed: each answer by itself, and what the act says beside it."""
    for name in TOLD:
        if entry.detail.get(name):
            yield Change(field=name, before=None, after=entry.detail[name])
    for change in entry.changes:
        if change.field != "answers":
            yield change
            continue
        before, after = change.before or {}, change.after or {}
        for key in dict.fromkeys((*before, *after)):
            yield Change(field=key, before=before.get(key), after=after.get(key))


def _tells(change: Change) -> bool:
    """Tell whether there is a value on either side: empty fields of a first save say nothing."""
    return any(value not in (None, "", []) for value in (change.before, change.after))


def _said(change: Change, says: Mapping[str, Say]) -> Change:
    say = says.get(change.field)
    if say is None:
        return change
    before, after = (None if value is None else say(value) for value in (change.before, change.after))
    return Change(field=change.field, before=before, after=after)


def _product(row: Mapping[str, Any]) -> str:
    if row["price_fen"] is None:
        return str(row["name"])
    return _("%(product)s, %(yuan)s yuan", product=row["name"], yuan=f"{row['price_fen'] / 100:g}")


def _appliance(row: Mapping[str, Any]) -> str:
    return f"{row['name']} {say_value(row['kw'])} kW × {row['number']}"


def _point(matter: str, text: str) -> str:
    return _("%(field)s: %(why)s", field=_(MATTER_WORDS[Matter(matter)]), why=text)
