"""The review desk: who has applied, and what each office says. A reviewer sees the own matters alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from eventsite.accounts.core import Thing
from eventsite.applications import queries
from eventsite.applications.core.facts import masked
from eventsite.applications.core.review import Opinion, problems, unread
from eventsite.applications.enums import (
    HOW_WORDS,
    MATTER_OF_SLOT,
    MATTER_WORDS,
    MOVES,
    OFFICES,
    QUESTION_KIND_WORDS,
    SLOT_WORDS,
    STATUS_WORDS,
    VERDICT_WORDS,
    Matter,
    Slot,
    Status,
)
from eventsite.applications.forms import FindingForm, RejectForm, ReturnForm, return_form
from eventsite.applications.forms.apply import said_answer
from eventsite.applications.models import Application, ApplicationFile, MatterReview
from eventsite.applications.operations import UNDER_REVIEW
from eventsite.applications.permissions import ApplicationPermission, matter_thing
from eventsite.applications.queries.sheets import opinions_of, phone_of
from eventsite.applications.sheets import APPLICATIONS
from eventsite.applications.views_admin.history import told_history
from eventsite.applications.views_public.doors import private, sealer
from eventsite.events.models import Event
from eventsite.files.queries import open_file
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.web.access import may, requires
from eventsite.web.collation import find
from eventsite.web.downloads import kept_file
from eventsite.web.language import word
from eventsite.web.lists import list_page, read_search, render_list

blueprint = Blueprint("applications_admin", __name__, url_prefix="/admin/e/<slug:event>/applications")

TABS: Mapping[str, str] = {
    "all": N_("All"),
    "todo": N_("For me"),
    "returned": N_("Returned"),
    "waiting": N_("Waiting list"),
    "accepted": N_("Approved or confirmed"),
    "over": N_("Rejected or withdrawn"),
}
OF_TAB: Mapping[str, tuple[Status, ...]] = {
    "returned": (Status.RETURNED,),
    "waiting": (Status.WAITLISTED,),
    "accepted": (Status.APPROVED, Status.CONFIRMED),
    "over": (Status.REJECTED, Status.WITHDRAWN),
}
for name, known in (
    ("application_status", {status.value: words for status, words in STATUS_WORDS.items()}),
    ("matter", {matter.value: words for matter, words in MATTER_WORDS.items()}),
    ("office", {matter.value: words for matter, words in OFFICES.items()}),
    ("verdict", {verdict.value: words for verdict, words in VERDICT_WORDS.items()}),
    ("slot", {slot.value: words for slot, words in SLOT_WORDS.items()}),
    ("holding_how", {how.value: words for how, words in HOW_WORDS.items()}),
    ("question_kind", {kind.value: words for kind, words in QUESTION_KIND_WORDS.items()}),
):
    blueprint.add_app_template_filter(partial(word, known), name)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the reader may see: all of it, or some matters."""

    whole: bool
    matters: frozenset[Matter]

    def of(self, row: Application) -> tuple[Opinion, ...]:
        """Return the matters of an application that the reader may see."""
        return tuple(one for one in opinions_of(row) if self.whole or one.matter in self.matters)

    def may_read(self, slot: Slot) -> bool:
        """Tell whether the reader may open files of a kind."""
        return self.whole or MATTER_OF_SLOT[slot] in self.matters


def sight(event: Event) -> Sight:
    """Return what the current reader may see of an event's applications."""
    return Sight(
        whole=may(ApplicationPermission.SEE_WHOLE, Thing(event_id=event.id)),
        matters=frozenset(
            matter
            for matter in Matter
            if may(ApplicationPermission.JUDGE_MATTER, matter_thing(event.id, matter))
        ),
    )


def decides(event: Event) -> bool:
    """Tell whether the reader decides applications."""
    return may(ApplicationPermission.DECIDE, Thing(event_id=event.id))


@list_page(blueprint, "/", file="applications")
@requires(ApplicationPermission.SEE_APPLICATIONS)
def applications(event: Event) -> Any:
    """List the applications, narrowed by `?q=` and `?tab=`."""
    seen = sight(event)
    rows = visible(event, seen)
    tab = request.args.get("tab", "all")
    tab = tab if tab in TABS else "all"
    chosen = find(_narrowed(event, rows, tab, seen), read_search(), lambda row: _words(row, seen))
    return render_list(
        "applications/admin/list.html",
        chosen,
        table=APPLICATIONS,
        tab=tab,
        tabs=[(name, words, len(_narrowed(event, rows, name, seen))) for name, words in TABS.items()],
        seen=seen,
        calls=_fullness(event),
        first_waiting=_promotable(event) if decides(event) else None,
        decides=decides(event),
    )


@blueprint.get("/<ref>")
@requires(ApplicationPermission.SEE_APPLICATIONS)
def application(event: Event, ref: str) -> Response:
    """Show an application: the reader's matters, and to who decides all the rest."""
    return page(event, seen_row(event, ref))


@blueprint.get("/<ref>/files/<int:file_id>")
@requires(ApplicationPermission.SEE_APPLICATIONS)
def file(event: Event, ref: str, file_id: int) -> Response:
    """Hand out a file of the application, if it belongs to a matter of the reader's."""
    row, seen = seen_row(event, ref), sight(event)
    found = next((file for file in row.files if file.id == file_id and seen.may_read(file.slot)), None)
    if found is None:
        raise NotFound(N_("There is no such file."))
    stored = found.stored
    return private(kept_file(open_file(stored), name=stored.name, mimetype=stored.media_type))


def visible(event: Event, seen: Sight) -> Sequence[Application]:
    """Return the applications that have something for the reader."""
    return [row for row in queries.list_applications(event) if seen.of(row)]


def seen_row(event: Event, ref: str) -> Application:
    """Return an application that has something for the reader; raises `NotFound`."""
    row = queries.get_application(event, ref)
    if not sight(event).of(row):
        raise NotFound(N_("There is no such application."))
    return row


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The forms of the page that came back; the others are fresh."""

    matter: Matter | None = None
    finding: FindingForm | None = None
    returning: ReturnForm | None = None
    rejecting: RejectForm | None = None

    @property
    def status(self) -> int:
        """Return the status of the form that came back."""
        forms = (self.finding, self.returning, self.rejecting)
        return next((form.http_status for form in forms if form is not None), 200)


def page(event: Event, row: Application, tried: Tried | None = None) -> Response:
    """Return the page of an application."""
    tried, seen = tried or Tried(), sight(event)
    opinions = seen.of(row)
    shown = render_template(
        "applications/admin/application.html",
        row=row,
        seen=seen,
        opinions=opinions,
        reviews={review.matter: review for review in row.matters},
        forms=_finding_forms(event, row, opinions, tried),
        files=_files(row, seen),
        open_matters=unread(opinions_of(row)) if seen.whole else (),
        troubled=problems(opinions_of(row)) if seen.whole else (),
        terms=row.call.category(row.category) if row.call else None,
        phone=_phone(event, row),
        decides=decides(event),
        moves=MOVES[row.status],
        returning=tried.returning or _return_form(row),
        rejecting=tried.rejecting or RejectForm(version=row.version, formdata=None),
        answers=_answers(row) if seen.whole else [],
        history=told_history(event, row) if seen.whole else [],
    )
    return private(shown, tried.status)


def _return_form(row: Application) -> ReturnForm:
    days = row.call.return_days if row.call else 3
    until = (clock.now() + timedelta(days=days)).astimezone(g.event.zone).date()
    return return_form(problems(opinions_of(row)), version=row.version, until=until, formdata=None)


def _finding_forms(
    event: Event, row: Application, opinions: Sequence[Opinion], tried: Tried
) -> dict[Matter, FindingForm]:
    if row.status not in UNDER_REVIEW:
        return {}
    reviews: dict[Matter, MatterReview] = {review.matter: review for review in row.matters}
    forms: dict[Matter, FindingForm] = {}
    for one in opinions:
        if not may(ApplicationPermission.JUDGE_MATTER, matter_thing(event.id, one.matter)):
            continue
        if tried.matter is one.matter and tried.finding:
            forms[one.matter] = tried.finding
            continue
        review = reviews.get(one.matter)
        forms[one.matter] = FindingForm(
            formdata=None,
            prefix=one.matter.value,
            verdict=one.verdict.value if one.verdict else None,
            point=review.point if review else "",
            version=review.version if review else 0,
        )
    return forms


def _narrowed(event: Event, rows: Sequence[Application], tab: str, seen: Sight) -> Sequence[Application]:
    if tab == "todo":
        return [row for row in rows if row.status in UNDER_REVIEW and _waits(row, seen)]
    if tab == "waiting":
        order = {row.id: place for place, row in enumerate(queries.list_waiting(event))}
        return sorted((row for row in rows if row.id in order), key=lambda row: order[row.id])
    return [row for row in rows if tab == "all" or row.status in OF_TAB[tab]]


def _waits(row: Application, seen: Sight) -> bool:
    """Tell whether the reader has something to do: an unread matter or, for who decides, the decision."""
    own = [one for one in seen.of(row) if one.matter in seen.matters]
    return bool(unread(own)) or (seen.whole and bool(own) and row.status is Status.SUBMITTED)


def _words(row: Application, seen: Sight) -> tuple[str, ...]:
    return row.words if seen.whole else (row.ref, row.unit_zh, row.unit_en)


def _fullness(event: Event) -> list[tuple[Any, int]]:
    return [(call, queries.count_in_quota(call)) for call in queries.list_calls(event)]


def _promotable(event: Event) -> Application | None:
    """Return the first of the waiting list whose call has a place free."""
    free = {call.id for call, taken in _fullness(event) if taken < call.quota}
    return next((row for row in queries.list_waiting(event) if row.call_id in free), None)


def _files(row: Application, seen: Sight) -> dict[Matter, list[ApplicationFile]]:
    found: dict[Matter, list[ApplicationFile]] = {}
    for file in row.files:
        if seen.may_read(file.slot):
            found.setdefault(MATTER_OF_SLOT[file.slot], []).append(file)
    return found


def _phone(event: Event, row: Application) -> str:
    if not row.phone:
        return ""
    if may(ApplicationPermission.SEE_CONTACTS, Thing(event_id=event.id)):
        return phone_of(row, sealer())
    return masked(phone_of(row, sealer())) if sight(event).whole else ""


def _answers(row: Application) -> list[tuple[Any, str]]:
    """Return the questions of the call with what was answered."""
    asked = row.call.questions if row.call else []
    return [
        (question, said_answer(question, row.answers[key]))
        for question in asked
        if (key := f"q{question.id}") in row.answers
    ]
