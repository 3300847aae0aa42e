"""Which booths are ready, what one lacks, and the buttons of what is in."""

from collections import Counter

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.files.enums import FileKind
from eventsite.files.queries import get_file, open_file, read_upload
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.market.permissions import booth_thing
from eventsite.market.queries import get_booth
from eventsite.readiness import operations, queries
from eventsite.readiness.enums import PART_WORDS, CertificateKind, CheckKind, Moment, Part, SlotKind
from eventsite.readiness.forms import BookingForm, CountForm, OpenForm, PhotoForm
from eventsite.readiness.permissions import ReadinessPermission, certificate_thing
from eventsite.readiness.queries import BoothReadiness
from eventsite.readiness.views_admin import blueprint
from eventsite.readiness.views_admin.scopes import booth_scopes, home_of
from eventsite.readiness.views_admin.words import last_day, say_missing
from eventsite.web.access import current_actor, may, requires
from eventsite.web.downloads import kept_photo
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell
from eventsite.web.language import pick
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.tables import Table, TableColumn
from eventsite.web.uploads import takes_files

READY = "ready"
TABLE = Table(
    title=N_("Readiness"),
    columns=(
        TableColumn(N_("Code"), "booth.code"),
        TableColumn(N_("Name (Chinese)"), "booth.shown_zh"),
        TableColumn(N_("Name (English)"), "booth.shown_en"),
        TableColumn(N_("Zone"), "booth.zone.code"),
        TableColumn(N_("Held by"), "booth.delegation.city_zh"),
        TableColumn(N_("Ready"), "is_ready"),
        TableColumn(N_("Missing"), lambda row: " ".join(say_missing(one) for one in row.missing)),
        TableColumn(N_("Opened at"), "clearance.at"),
    ),
)


@list_page(blueprint, "/", file="booths")
@requires(ReadinessPermission.SEE_READINESS)
def index(event: Event) -> str:
    """List how ready the booths are, narrowed by `?q=`, `?zone=` and `?missing=` (a part, or `ready`)."""
    every, zones = queries.readiness_of(event), list_zones(event)
    chosen = {name: request.args.get(name, "") for name in ("zone", "missing")}
    wanted = [row for row in searched(every) if _fits(row, chosen)]
    page: str = render_list(
        "readiness/admin/index.html",
        wanted,
        table=TABLE,
        chosen=chosen,
        zones=zones,
        zone_options=[(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones],
        missing_options=[
            (READY, _("Ready")),
            *((part.value, _(label)) for part, label in PART_WORDS.items()),
        ],
        ready=sum(row.is_ready for row in every),
        every=len(every),
        lacking=Counter(part for row in every for part in row.parts),
        by_zone=_by_zone(every),
        loads=queries.loads_of(event),
    )
    return page


@blueprint.get("/booths/<code:code>")
@requires(ReadinessPermission.SEE_BOOTH_FILE, scopes=booth_scopes)
def booth(event: Event, code: str) -> str:
    """Show what is filed about a booth and what it lacks, with the buttons for it."""
    return page_of_booth(event, get_booth(event, code))


@blueprint.post("/booths/<code:code>/checks/<any(people, power, sign, gifts):kind>")
@requires(ReadinessPermission.EDIT_CHECKS, scopes=booth_scopes)
def tick(event: Event, code: str, kind: str) -> Redirect:
    """Tick that something is in."""
    form = CountForm()
    form.presses(
        lambda: operations.tick(
            current_actor(), event, code, CheckKind(kind), counted=form.counted.data, now=clock.now()
        )
    )
    return redirect(home_of(event, get_booth(event, code)), 303)


@blueprint.post("/booths/<code:code>/checks/<any(people, power, sign, gifts):kind>/undo")
@requires(ReadinessPermission.EDIT_CHECKS, scopes=booth_scopes)
def untick(event: Event, code: str, kind: str) -> Redirect:
    """Take a tick back."""
    AdminForm().presses(lambda: operations.untick(current_actor(), event, code, CheckKind(kind)))
    return redirect(home_of(event, get_booth(event, code)), 303)


@blueprint.post("/booths/<code:code>/<any(setup, cleared):moment>/upload")
@takes_files
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=booth_scopes)
def take_photo(event: Event, code: str, moment: str) -> Redirect:
    """Keep a photo of the booth, set up or cleared; it is read before anything is written."""
    form = PhotoForm()

    def act() -> None:
        upload = read_upload(form.photo.data, kind=FileKind.PHOTO)
        operations.take_photo(current_actor(), event, code, Moment(moment), upload, now=clock.now())

    form.presses(act, _("The photo is kept."))
    return redirect(home_of(event, get_booth(event, code)), 303)


@blueprint.get("/booths/<code:code>/photos/<int:number>.jpg")
@requires(ReadinessPermission.SEE_BOOTH_FILE, scopes=booth_scopes)
def photo(event: Event, code: str, number: int) -> Response:
    """Show a photo of the booth; `?small=1` its thumbnail."""
    shown = get_booth(event, code)
    files = {one.file_id for one in queries.list_photos(shown)}
    files |= {fault.photo_id for fault in queries.list_faults_of([shown]) if fault.photo_id}
    if number not in files:
        raise NotFound(N_("There is no such photo."))
    stored = get_file(event, number)
    data = open_file(stored, small="small" in request.args)
    return kept_photo(data, name=stored.name, sha256=stored.sha256, private=True)


@blueprint.post("/booths/<code:code>/slot")
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=booth_scopes)
def book_slot(event: Event, code: str) -> Redirect:
    """Book a time slot for the booth."""
    shown = get_booth(event, code)
    form = BookingForm(slots=queries.list_slots(event, zone=shown.zone.code))
    form.presses(
        lambda: operations.book_slot(current_actor(), event, code, form.slot.data, now=clock.now()),
        _("The time slot is booked."),
    )
    return redirect(home_of(event, shown), 303)


@blueprint.post("/booths/<code:code>/slot/<any(setup, teardown):kind>/give-up")
@requires(ReadinessPermission.EDIT_BOOTH_PAPERS, scopes=booth_scopes)
def give_up_slot(event: Event, code: str, kind: str) -> Redirect:
    """Give the booth's time slot back."""
    form = AdminForm()
    form.presses(
        lambda: operations.give_up_slot(current_actor(), event, code, SlotKind(kind)),
        _("The time slot is free again."),
    )
    return redirect(home_of(event, get_booth(event, code)), 303)


@blueprint.post("/booths/<code:code>/open")
@requires(ReadinessPermission.OPEN_BOOTH, scopes=booth_scopes)
def open_booth(event: Event, code: str) -> Redirect:
    """Open the booth if it is ready."""
    form = AdminForm()
    form.presses(
        lambda: operations.open_booth(current_actor(), event, code, now=clock.now()),
        _("Booth %(code)s is open.", code=code),
    )
    return redirect(home_of(event, get_booth(event, code)), 303)


@blueprint.post("/booths/<code:code>/open-unready")
@requires(ReadinessPermission.OPEN_UNREADY_BOOTH, scopes=booth_scopes)
def open_unready(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Open the booth though it is not ready, with a reason."""
    form = OpenForm()
    if form.saves(
        lambda: operations.open_unready_booth(
            current_actor(), event, code, reason=str(form.reason.data), now=clock.now()
        )
    ):
        flash(_("Booth %(code)s is open.", code=code), "ok")
        return redirect(url_for(".booth", event=event.slug, code=code), 303)
    return page_of_booth(event, get_booth(event, code), form), form.http_status


def page_of_booth(event: Event, shown: Booth, opening: OpenForm | None = None) -> str:
    """Render the page of one booth."""
    thing = booth_thing(shown)
    slots = [slot for slot in queries.list_slots(event, zone=shown.zone.code) if slot.left]
    return render_template(
        "readiness/admin/booth.html",
        booth=shown,
        state=next(iter(queries.readiness_of(event, only=[shown])), None),
        file=queries.booth_file(event, shown),
        faults=queries.list_faults_of([shown]),
        offered=[(CertificateKind(one.slot.value), one.until) for one in queries.list_offered(shown)],
        checkable={
            one.id
            for one in queries.list_certificates(event, booth=shown)
            if not one.checked_at and may(ReadinessPermission.CHECK_CERTIFICATE, certificate_thing(one))
        },
        booking_form=BookingForm(slots=slots, formdata=None),
        last=last_day(event),
        may_see_list=may(ReadinessPermission.SEE_READINESS, thing),
        slots=slots,
        opening=opening or OpenForm(formdata=None),
        may_tick=may(ReadinessPermission.EDIT_CHECKS, thing),
        may_file=may(ReadinessPermission.EDIT_BOOTH_PAPERS, thing),
        may_issue=may(ReadinessPermission.EDIT_PASSES, thing),
        may_open=may(ReadinessPermission.OPEN_BOOTH, thing),
        may_override=may(ReadinessPermission.OPEN_UNREADY_BOOTH, thing),
        history=tell(history_of(event.id, f"booth:{shown.id}"), labels=labels()),
    )


def labels() -> dict[str, str]:
    """Return the names of what the history of a booth tells."""
    return {"check": _("Check"), "counted": _("Number of giveaways"), "slot": _("Time slot")}


def _fits(row: BoothReadiness, chosen: dict[str, str]) -> bool:
    if chosen["zone"] and row.booth.zone.code != chosen["zone"]:
        return False
    if chosen["missing"] == READY:
        return row.is_ready
    wanted = {part for part in Part if part.value == chosen["missing"]}
    return not chosen["missing"] or bool(wanted & row.parts)


def _by_zone(rows: list[BoothReadiness]) -> dict[str, tuple[int, int]]:
    """Return for each zone how many of its booths are ready, and how many there are."""
    every = Counter(row.booth.zone.code for row in rows)
    ready = Counter(row.booth.zone.code for row in rows if row.is_ready)
    return {code: (ready[code], number) for code, number in every.items()}
