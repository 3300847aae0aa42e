"""The private page of an application: follow it, confirm, withdraw, fetch one's own files."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.applications import operations
from eventsite.applications.core.facts import masked
from eventsite.applications.enums import EDITABLE, MOVES, SLOT_WORDS, Status
from eventsite.applications.forms import WithdrawForm
from eventsite.applications.models import Application
from eventsite.applications.queries.sheets import facts_of, phone_of
from eventsite.applications.views_public.doors import (
    applicant,
    blueprint,
    enter,
    link_of,
    private,
    sealer,
)
from eventsite.files.queries import open_file
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.kernel.words import N_
from eventsite.web.access import public
from eventsite.web.downloads import kept_file
from eventsite.web.passes import check_proof, form_proof, proves_origin


@blueprint.get("/a/<token>")
@public
def follow(token: str) -> Response:
    """Show how the application stands and what comes next."""
    _event, row, body = enter(token)
    return private(_page(row, body, token))


@blueprint.post("/a/<token>/confirm")
@proves_origin
@public
def confirm(token: str) -> Response:
    """Say that the booth will be taken."""
    event, row, body = enter(token)
    check_proof(body)
    operations.confirm_application(applicant(row.ref), event, body)
    return redirect(url_for(".follow", token=token, done=Status.CONFIRMED.value), 303)


@blueprint.post("/a/<token>/withdraw")
@proves_origin
@public
def withdraw(token: str) -> Response:
    """Give the application up; a draft is thrown away."""
    event, row, body = enter(token)
    check_proof(body)
    form = WithdrawForm()
    if row.status is Status.DRAFT:
        operations.discard_draft(applicant(row.ref), event, body)
        return redirect(url_for(".calls", event=event.slug), 303)
    if not form.validate():
        return private(_page(row, body, token, form), DomainError.status)
    operations.withdraw_application(
        applicant(row.ref), event, body, reason=form.reason.data or "", now=clock.now()
    )
    return redirect(url_for(".follow", token=token, done=Status.WITHDRAWN.value), 303)


@blueprint.get("/a/<token>/files/<int:file_id>")
@public
def own_file(token: str, file_id: int) -> Response:
    """Hand out a file of the application itself; another's is not found."""
    _event, row, _own = enter(token)
    found = next((file for file in row.files if file.id == file_id), None)
    if found is None:
        raise NotFound(N_("There is no such file."))
    stored = found.stored
    return private(kept_file(open_file(stored), name=stored.name, mimetype=stored.media_type))


def _page(row: Application, body: bytes, token: str, form: WithdrawForm | None = None) -> str:
    return render_template(
        "applications/own.html",
        row=row,
        facts=facts_of(row, sealer()),
        phone=masked(phone_of(row, sealer())) if row.phone else "",
        token=token,
        link=link_of(body),
        proof=form_proof(body),
        form=form or WithdrawForm(formdata=None),
        slots={slot: _(words) for slot, words in SLOT_WORDS.items()},
        done=request.args.get("done", ""),
        editable=row.status in EDITABLE,
        may_withdraw=Status.WITHDRAWN in MOVES[row.status],
    )
