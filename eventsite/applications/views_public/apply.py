"""The calls of an event, and the form by which exhibitors apply."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from limits import RateLimitItemPerHour
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from eventsite.applications import operations, queries
from eventsite.applications.enums import EDITABLE, SLOT_WORDS, Slot
from eventsite.applications.errors import Incomplete
from eventsite.applications.forms import ApplicationForm, apply_form
from eventsite.applications.models import Application, Call, CallCategory
from eventsite.applications.operations import Sheet
from eventsite.applications.operations.intake import MOST_FILES
from eventsite.applications.queries.lookup import find_by_token
from eventsite.applications.queries.sheets import facts_of
from eventsite.applications.views_public.doors import (
    TOKEN_BYTES,
    applicant,
    blueprint,
    body_of,
    enter,
    link_of,
    private,
    sealer,
    token_of,
)
from eventsite.applications.views_public.letters import letter_to
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_zones
from eventsite.files.core import Upload
from eventsite.files.enums import FileKind
from eventsite.files.queries import is_sent, read_upload
from eventsite.kernel import clock
from eventsite.kernel.errors import Closed, Conflict, DomainError, NotFound
from eventsite.kernel.tokens import new_body
from eventsite.kernel.words import N_
from eventsite.market.queries import list_booths
from eventsite.web.access import public, refuse_archived
from eventsite.web.language import say
from eventsite.web.limits import note, refuse_spent
from eventsite.web.passes import check_proof, form_proof, proves_origin
from eventsite.web.uploads import takes_files

# New applications by address: a hall full of exhibitors shares one, so the limit is wide.
NEW_ONES = RateLimitItemPerHour(120, namespace="apply")
SAVES = RateLimitItemPerHour(200, namespace="apply-save")
# A file may take twenty seconds to read, there are two readers, and a form may bring a thousand files.
SLOW = 4.0  # seconds
SLOW_ONES = RateLimitItemPerHour(12, namespace="apply-slow")


@blueprint.get("/e/<slug:event>/apply")
@public
def calls(event: Event) -> str:
    """Show what is called for, until when and by which rules."""
    now = clock.now()
    found = sorted(queries.list_calls(event), key=lambda call: now >= call.closes_at)  # open ones first
    return render_template("applications/calls.html", calls=found, now=now)


@blueprint.get("/e/<slug:event>/apply/accepted")
@public
def accepted(event: Event) -> str:
    """List who is accepted: unit, zone and booth, and nobody's contacts."""
    return render_template("applications/accepted.html", rows=queries.list_accepted(event))


@blueprint.get("/e/<slug:event>/apply/<code:call>/<code:category>")
@public
def form(event: Event, call: str, category: str) -> Response:
    """Show an empty form; nothing is written before it is sent."""
    found, own = _category(event, call, category)
    if not found.is_open(clock.now()):
        raise Closed(N_("This call takes no applications now."))
    body = new_body(TOKEN_BYTES)
    return private(_page(event, _form(event, own, formdata=None), body=body, row=None))


@blueprint.post("/e/<slug:event>/apply/<code:call>/<code:category>/upload")
@proves_origin
@takes_files
@public
def begin(event: Event, call: str, category: str) -> Response:
    """Keep a new application as a draft, or hand it in; a second press of the same form changes nothing."""
    body = body_of(request.form.get("token", ""))
    check_proof(body)
    refuse_archived(event)
    _found, own = _category(event, call, category)
    row = find_by_token(body)
    if row is None:
        refuse_spent(NEW_ONES, request.remote_addr or "")
        note(NEW_ONES, request.remote_addr or "")
    return _save(event, own, body, row)


@blueprint.get("/a/<token>/form")
@public
def edit(token: str) -> Response:
    """Show the form of a draft or of an application that came back."""
    event, row, body = enter(token)
    own = _own_category(row)
    if row.status not in EDITABLE:
        return redirect(url_for(".follow", token=token), 303)
    sheet = _form(event, own, row, formdata=None)
    if "lacking" in request.args:
        _lay_lacking(sheet, own, row)
    return private(_page(event, sheet, body=body, row=row))


@blueprint.post("/a/<token>/form/upload")
@proves_origin
@takes_files
@public
def save(token: str) -> Response:
    """Save the form, and hand it in where that was pressed."""
    event, row, body = enter(token)
    check_proof(body)
    return _save(event, _own_category(row), body, row)


def _save(event: Event, own: CallCategory, body: bytes, row: Application | None) -> Response:
    """Save all that fits its shape, files included, so that no error loses anything; hand it in if asked."""
    refuse_spent(SAVES, body.hex())
    note(SAVES, body.hex())
    now, form = clock.now(), _form(event, own, row)
    uploads, refused = _read_files()
    fits = form.validate()
    sheet = Sheet(
        call=own.call.code,
        category=own.category,
        facts=form.facts if fits else _fitting(form, row),
        version=form.read_at if row else 0,
        uploads=uploads,
        dropped=[int(key) for key in request.form.getlist("drop") if key.isdecimal() and len(key) < 10],
    )
    saved: list[Application] = []

    def act() -> None:
        saved.append(
            operations.save_application(
                applicant(row.ref if row else "new"), event, body, sheet, sealer=sealer(), now=now
            )
        )

    done = _tried(form, act)
    if done and fits and not refused:
        return _hand_in(event, body, now) if request.form.get("act") == "submit" else _kept(body)
    if not fits:
        form.http_status = DomainError.status
    if done:
        form.version.data = str(saved[0].version)
        if request.form.get("act") == "submit":
            _lay_lacking(form, own, saved[0])
    page = _page(event, form, body=body, row=saved[0] if saved else row, refused=refused)
    return private(page, form.http_status if form.http_status != 200 else DomainError.status)


def _tried(form: ApplicationForm, act: Any) -> bool:
    """Do the act; lay its refusal on the form."""
    try:
        act()
    except NotFound:
        raise
    except DomainError as refusal:
        form.lay(refusal)
        return False
    return True


def _hand_in(event: Event, body: bytes, now: datetime) -> Response:
    tell = letter_to(sealer(), link=link_of(body))
    try:
        row = operations.submit_application(applicant(), event, body, sealer=sealer(), now=now, tell=tell)
    except Incomplete:
        return redirect(url_for(".edit", token=token_of(body), lacking=1), 303)
    return redirect(url_for(".follow", token=token_of(body), done=row.status.value), 303)


def _kept(body: bytes) -> Response:
    return redirect(url_for(".follow", token=token_of(body), done="saved"), 303)


def _read_files() -> tuple[dict[Slot, list[Upload]], dict[Slot, list[str]]]:
    """Return the files that are sound, and why the others are not, by slot."""
    uploads: dict[Slot, list[Upload]] = {}
    refused: dict[Slot, list[str]] = {}
    files = ((slot, sent) for slot in Slot for sent in request.files.getlist(f"file_{slot.value}"))
    for nth, (slot, sent) in enumerate((slot, sent) for slot, sent in files if is_sent(sent)):
        try:
            if nth >= MOST_FILES:
                raise Conflict(N_("An application holds %(most)s files at most."), most=MOST_FILES)
            uploads.setdefault(slot, []).append(_read_file(slot, sent))
        except DomainError as error:
            why = _("%(field)s: %(why)s", field=sent.filename or "", why=say(error))
            refused.setdefault(slot, []).append(why)
    return uploads, refused


def _read_file(slot: Slot, sent: FileStorage) -> Upload:
    """Read a file; those that take long are counted, so that no address keeps the readers busy."""
    who, began = request.remote_addr or "", time.monotonic()
    refuse_spent(SLOW_ONES, who)
    try:
        return read_upload(sent, kind=FileKind.PHOTO if slot is Slot.PRODUCT else FileKind.DOCUMENT)
    finally:
        if time.monotonic() - began > SLOW:
            note(SLOW_ONES, who)


def _fitting(form: ApplicationForm, row: Application | None) -> Any:
    """Return what fits its shape; what does not stays as it was before (or empty)."""
    before = facts_of(row, sealer()) if row else None
    typed = {field.name: (field.data, field.raw_data) for field in form if field.errors}
    for field in form:
        if field.errors:
            field.data = field.default() if callable(field.default) else field.default
    facts = form.facts
    for name, (data, _raw) in typed.items():
        form[name].data = data
    kept = {name: getattr(before, name) for name in typed if before and hasattr(before, name)}
    return type(facts)(**{**vars(facts), **kept})


def _category(event: Event, code: str, category: str) -> tuple[Call, CallCategory]:
    call = queries.get_call(event, code)
    own = call.category(category)
    if own is None:
        raise NotFound(N_("This call is not for that kind of booth."))
    return call, own


def _own_category(row: Application) -> CallCategory:
    own = row.call.category(row.category) if row.call else None
    if own is None:
        raise NotFound(N_("The call of this application is not there any more."))
    return own


def _form(event: Event, own: CallCategory, row: Application | None = None, **more: Any) -> ApplicationForm:
    asked = [question for question in own.call.questions if question.category in ("", own.category)]
    return apply_form(
        own,
        asked,
        zones=list_zones(event),
        delegations=list_delegations(event),
        booth_codes=(booth.code for booth in list_booths(event)),
        before=facts_of(row, sealer()) if row else None,
        version=row.version if row else None,
        **more,
    )


def _lay_lacking(form: ApplicationForm, own: CallCategory, row: Application) -> None:
    """Show what handing in needs, all of it; a field that is wrong already says only that."""
    wrong = {field.name: field.errors for field in form if field.errors}
    try:
        operations.check_lacking(row, own.call, sealer())
    except Incomplete as error:
        form.lay(error)
    for name, errors in wrong.items():
        form[name].errors = errors


def _page(
    event: Event,
    form: ApplicationForm,
    *,
    body: bytes,
    row: Application | None,
    refused: Mapping[Slot, Sequence[str]] | None = None,
) -> str:
    token = token_of(body)
    call = form.category.call
    action = (
        url_for(".save", token=token)
        if row
        else url_for(".begin", event=event.slug, call=call.code, category=form.category.category)
    )
    return render_template(
        "applications/form.html",
        form=form,
        call=call,
        row=row,
        token=token,
        link=link_of(body) if row else "",
        proof=form_proof(body),
        action=action,
        slots=[(slot, _(SLOT_WORDS[slot]), slot in form.category.slots) for slot in Slot],
        files=list(row.files) if row else [],
        refused=refused or {},
    )
