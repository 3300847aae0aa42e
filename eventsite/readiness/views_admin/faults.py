"""Faults: said by who sees them, given to a post, fixed, looked at, closed."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import get_zone, list_zones
from eventsite.files.enums import FileKind
from eventsite.files.queries import is_sent, open_file, read_upload
from eventsite.helpdesk.models import Post
from eventsite.helpdesk.queries import list_posts
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.queries import get_booth, list_booths
from eventsite.readiness import operations, queries
from eventsite.readiness.enums import FAULT_MOVES, FAULT_WORDS, FaultState
from eventsite.readiness.forms import AssignForm, FaultForm
from eventsite.readiness.models import Fault
from eventsite.readiness.permissions import ReadinessPermission, fault_thing
from eventsite.readiness.views_admin import blueprint
from eventsite.readiness.views_admin.scopes import booth_scopes, fault_scopes, home_of, zone_scopes
from eventsite.web.access import current_actor, may, requires
from eventsite.web.downloads import kept_photo
from eventsite.web.forms import EditForm, labels_of
from eventsite.web.history import tell
from eventsite.web.language import pick
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.tables import Table, TableColumn
from eventsite.web.uploads import takes_files

STATES = {state.value: words for state, words in FAULT_WORDS.items()}
TABLE = Table(
    title=N_("Faults"),
    columns=(
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Booth"), "booth.code"),
        TableColumn(N_("Place"), "place"),
        TableColumn(N_("What is wrong"), "words_zh"),
        TableColumn(N_("State"), "state", STATES),
        TableColumn(N_("Post"), "post.name_zh"),
        TableColumn(N_("Person at the post"), "person"),
        TableColumn(N_("Until"), "due_at"),
        TableColumn(N_("Raised at"), "raised_at"),
        TableColumn(N_("Closed at"), "closed_at"),
    ),
)


@list_page(blueprint, "/faults")
@requires(ReadinessPermission.SEE_READINESS)
def faults(event: Event) -> str:
    """List the faults, narrowed by `?q=`, `?zone=` and `?state=`: what nobody sees to comes first."""
    chosen = {name: request.args.get(name, "") for name in ("zone", "state")}
    state = next((one for one in FaultState if one.value == chosen["state"]), None)
    page: str = render_list(
        "readiness/admin/faults.html",
        searched(queries.list_faults(event, zone=chosen["zone"], state=state)),
        table=TABLE,
        chosen=chosen,
        now=clock.now(),
        zone_options=[(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in list_zones(event)],
        state_options=[(value, _(words)) for value, words in STATES.items()],
    )
    return page


@blueprint.route("/booths/<code:code>/fault/upload", methods=["GET", "POST"])
@takes_files
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=booth_scopes)
def booth_fault(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Say that something is broken at a booth."""
    shown = get_booth(event, code)
    form = FaultForm(zones=[shown.zone], booths=[shown], data={"booth": code, "zone": shown.zone.code})
    return _raise(event, form, home_of(event, shown))


@blueprint.route("/zones/<code:zone>/fault/upload", methods=["GET", "POST"])
@takes_files
@requires(ReadinessPermission.EDIT_CHECKS, scopes=zone_scopes)
def zone_fault(event: Event, zone: str) -> tuple[str, int] | Redirect:
    """Say that something is broken in a zone."""
    shown = get_zone(event, zone)
    form = FaultForm(zones=[shown], booths=list_booths(event, zone=zone), data={"zone": zone})
    return _raise(event, form, url_for(".walk", event=event.slug, zone=zone))


@blueprint.get("/faults/<int:number>")
@requires(ReadinessPermission.SEE_BOOTH_FILE, scopes=fault_scopes)
def fault(event: Event, number: int) -> str:
    """Show a fault with what comes next."""
    shown = queries.get_fault(event, number)
    return _page(event, shown, _form(event, shown))


@blueprint.post("/faults/<int:number>/assign")
@requires(ReadinessPermission.EDIT_CHECKS, scopes=fault_scopes)
def assign_fault(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Give a fault to a post."""
    form = _form(event, queries.get_fault(event, number))
    if form.saves(
        lambda: operations.assign_fault(
            current_actor(),
            event,
            number,
            post=_post(event, str(form.post.data)),
            person=str(form.person.data or ""),
            due_at=form.due_at.data,
            version=form.read_at,
            now=clock.now(),
        )
    ):
        flash(_("The fault is assigned."), "ok")
        return redirect(url_for(".fault", event=event.slug, number=number), 303)
    return _page(event, queries.get_fault(event, number), form), form.http_status


@blueprint.post("/faults/<int:number>/<any(fix, close):act>")
@requires(ReadinessPermission.EDIT_CHECKS, scopes=fault_scopes)
def move_fault(event: Event, number: int, act: str) -> Redirect:
    """Report a fault as fixed, or close it after a look at it."""
    form = EditForm()
    move = operations.fix_fault if act == "fix" else operations.close_fault
    form.presses(
        lambda: move(current_actor(), event, number, version=form.read_at, now=clock.now()), _("Saved.")
    )
    return redirect(url_for(".fault", event=event.slug, number=number), 303)


@blueprint.get("/faults/<int:number>/photo.jpg")
@requires(ReadinessPermission.SEE_BOOTH_FILE, scopes=fault_scopes)
def fault_photo(event: Event, number: int) -> Response:
    """Show a fault's photo."""
    stored = queries.get_fault(event, number).photo
    if stored is None:
        raise NotFound(N_("There is no such photo."))
    data = open_file(stored, small="small" in request.args)
    return kept_photo(data, name=stored.name, sha256=stored.sha256, private=True)


def _raise(event: Event, form: FaultForm, back: str) -> tuple[str, int] | Redirect:
    """Take the form; its photo is read before anything is written."""

    def act() -> Fault:
        sent = form.photo.data
        upload = read_upload(sent, kind=FileKind.PHOTO) if is_sent(sent) else None
        return operations.raise_fault(current_actor(), event, form.facts, upload, now=clock.now())

    if form.saves(act):
        flash(_("The fault is written down."), "ok")
        return redirect(back, 303)
    return render_template("readiness/admin/new_fault.html", form=form, back=back), form.http_status


def _post(event: Event, ref: str) -> Post:
    found = next((post for post in list_posts(event) if post.ref == ref), None)
    if found is None:
        raise NotFound(N_("There is no such post."))
    return found


def _form(event: Event, shown: Fault) -> AssignForm:
    before = {
        "post": shown.post.ref if shown.post else None,
        "person": shown.person,
        "due_at": shown.due_at,
        "version": shown.version,
    }
    return AssignForm(posts=list_posts(event), data=before)


def _page(event: Event, shown: Fault, form: AssignForm) -> str:
    thing = fault_thing(shown)
    return render_template(
        "readiness/admin/fault.html",
        fault=shown,
        form=form,
        moves={state.value for state in FAULT_MOVES[shown.state]},
        now=clock.now(),
        may_edit=may(ReadinessPermission.EDIT_CHECKS, thing),
        history=tell(
            history_of(event.id, f"fault:{shown.id}"), labels=labels_of(FaultForm) | labels_of(AssignForm)
        ),
    )
