"""Certificates of booths: filed by who holds the booth, checked by reviewers."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.enums import FileKind
from eventsite.files.queries import is_sent, open_file, read_upload
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.permissions import booth_thing
from eventsite.market.queries import get_booth
from eventsite.readiness import operations, queries
from eventsite.readiness.core import masked
from eventsite.readiness.enums import CERTIFICATE_WORDS
from eventsite.readiness.forms import CertificateForm
from eventsite.readiness.models import Certificate
from eventsite.readiness.permissions import ReadinessPermission, certificate_thing
from eventsite.readiness.views_admin import blueprint
from eventsite.readiness.views_admin.scopes import booth_scopes, certificate_scopes, home_of
from eventsite.readiness.views_admin.words import last_day
from eventsite.web.access import current_actor, may, requires
from eventsite.web.downloads import kept_file
from eventsite.web.forms import AdminForm, EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.lists import list_page, render_list
from eventsite.web.tables import Table, TableColumn
from eventsite.web.uploads import takes_files

KINDS = {kind.value: words for kind, words in CERTIFICATE_WORDS.items()}
TABLE = Table(
    title=N_("Certificates"),
    columns=(
        TableColumn(N_("Booth"), "booth.code"),
        TableColumn(N_("Certificate"), "kind", KINDS),
        TableColumn(N_("Number"), lambda row: masked(row.number)),
        TableColumn(N_("Valid until"), "expires_on"),
        TableColumn(N_("Checked at"), "checked_at"),
        TableColumn(N_("Checked by"), "checked_by_label"),
    ),
)


@list_page(blueprint, "/certificates")
@requires(ReadinessPermission.SEE_READINESS)
def certificates(event: Event) -> str:
    """List the certificates that the reader may see, those that nobody has checked first."""
    shown = [
        one
        for one in queries.list_certificates(event)
        if may(ReadinessPermission.SEE_CERTIFICATE, certificate_thing(one))
    ]
    page: str = render_list(
        "readiness/admin/certificates.html",
        [*(one for one in shown if not one.checked_at), *(one for one in shown if one.checked_at)],
        table=TABLE,
        last=last_day(event),
    )
    return page


@blueprint.route("/booths/<code:code>/certificates/upload", methods=["GET", "POST"])
@takes_files
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=booth_scopes)
def new_certificate(event: Event, code: str) -> tuple[str, int] | Redirect:
    """File a certificate of a booth."""
    shown, form = get_booth(event, code), CertificateForm()
    if form.saves(lambda: operations.add_certificate(current_actor(), event, code, form.facts, _sent(form))):
        flash(_("The certificate is filed."), "ok")
        return redirect(home_of(event, shown), 303)
    page = render_template(
        "readiness/admin/new_certificate.html", form=form, booth=shown, back=home_of(event, shown)
    )
    return page, form.http_status


@blueprint.post("/booths/<code:code>/certificates/take-over")
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=booth_scopes)
def take_over_papers(event: Event, code: str) -> Redirect:
    """File what the exhibitor uploaded as certificates of the booth."""
    AdminForm().presses(
        lambda: operations.take_over_papers(current_actor(), event, code),
        _("The exhibitor's papers are among the certificates; each has still to be checked."),
    )
    return redirect(home_of(event, get_booth(event, code)), 303)


@blueprint.get("/certificates/<int:number>")
@requires(ReadinessPermission.SEE_CERTIFICATE, scopes=certificate_scopes)
def certificate(event: Event, number: int) -> str:
    """Show a certificate with its form and its history."""
    shown = queries.get_certificate(event, number)
    return _page(event, shown, _form(shown))


@blueprint.post("/certificates/<int:number>/upload")
@takes_files
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=certificate_scopes)
def edit_certificate(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Save a certificate; a change undoes its check."""
    form = _form(queries.get_certificate(event, number))
    if form.saves(
        lambda: operations.edit_certificate(
            current_actor(), event, number, form.facts, _sent(form), version=form.read_at
        )
    ):
        flash(_("Saved."), "ok")
        return redirect(url_for(".certificate", event=event.slug, number=number), 303)
    return _page(event, queries.get_certificate(event, number), form), form.http_status


@blueprint.post("/certificates/<int:number>/check")
@requires(ReadinessPermission.CHECK_CERTIFICATE, scopes=certificate_scopes)
def check_certificate(event: Event, number: int) -> Redirect:
    """Say that the certificate is in order; pressed on the booth's page (`?back=`), it leads back there."""
    form, shown = EditForm(), queries.get_certificate(event, number)
    form.presses(
        lambda: operations.check_certificate(
            current_actor(), event, number, version=form.read_at, now=clock.now()
        ),
        _("The certificate is in order."),
    )
    if request.values.get("back"):
        return redirect(home_of(event, shown.booth), 303)
    return redirect(url_for(".certificate", event=event.slug, number=number), 303)


@blueprint.post("/certificates/<int:number>/remove")
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=certificate_scopes)
def remove_certificate(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Remove a certificate and its document."""
    home, removal = home_of(event, queries.get_certificate(event, number).booth), EditForm()
    if removal.saves(
        lambda: operations.remove_certificate(current_actor(), event, number, version=removal.read_at)
    ):
        flash(_("Removed."), "ok")
        return redirect(home, 303)
    shown = queries.get_certificate(event, number)
    return _page(event, shown, _form(shown, formdata=None), removal), removal.http_status


@blueprint.get("/certificates/<int:number>/document")
@requires(ReadinessPermission.SEE_CERTIFICATE, scopes=certificate_scopes)
def certificate_document(event: Event, number: int) -> Response:
    """Hand the document over as a file."""
    stored = queries.get_certificate(event, number).document
    if stored is None:
        raise NotFound(N_("There is no such file."))
    return kept_file(open_file(stored), name=stored.name, mimetype=stored.media_type)


def _sent(form: CertificateForm) -> Upload | None:
    """Return the document that was sent, checked; call it before anything is written."""
    sent = form.document.data
    return read_upload(sent, kind=FileKind.DOCUMENT) if is_sent(sent) else None


def _form(shown: Certificate, **more: object) -> CertificateForm:
    return CertificateForm(before=shown.facts, version=shown.version, **more)


def _page(event: Event, shown: Certificate, form: CertificateForm, removal: EditForm | None = None) -> str:
    thing = certificate_thing(shown)
    return render_template(
        "readiness/admin/certificate.html",
        certificate=shown,
        form=form,
        removal=removal,
        may_edit=may(ReadinessPermission.EDIT_BOOTH_PAPERS, booth_thing(shown.booth)),
        may_check=may(ReadinessPermission.CHECK_CERTIFICATE, thing),
        last=last_day(event),
        history=tell(history_of(event.id, f"certificate:{shown.id}"), labels=labels_of(CertificateForm)),
    )
