"""The team's menu: what the actor may open in the event of the request."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext

from eventsite.accounts.core import Permission, Thing
from eventsite.accounts.permissions import AccountPermission
from eventsite.agreements.permissions import AgreementPermission
from eventsite.applications.permissions import ApplicationPermission
from eventsite.checkin.permissions import CheckinPermission
from eventsite.draws.permissions import DrawsPermission
from eventsite.events.permissions import EventPermission
from eventsite.giveaways.permissions import GiveawayPermission
from eventsite.helpdesk.permissions import HelpdeskPermission
from eventsite.imports.permissions import ImportPermission
from eventsite.kernel.words import N_
from eventsite.market.permissions import MarketPermission
from eventsite.partners.permissions import PartnerPermission
from eventsite.placement.permissions import PlacementPermission
from eventsite.programme.permissions import ProgrammePermission
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.runsheets.permissions import RunsheetPermission
from eventsite.scheduling.permissions import SchedulingPermission
from eventsite.showcase.permissions import ShowcasePermission
from eventsite.signs.permissions import SignsPermission
from eventsite.stagedesk.permissions import StagedeskPermission
from eventsite.troupes.permissions import TroupePermission
from eventsite.web.access import may
from eventsite.workshops.permissions import WorkshopPermission


@dataclass(frozen=True)
class Entry:
    """A page of the menu; `endpoint`'s blueprint marks it as current on the pages below it."""

    endpoint: str
    label: str
    icon: str
    permission: Permission


STEM = 4  # letters that one thing and many of it share: facility, facilities

GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        N_("Overview"),
        (Entry("admin.dashboard", N_("Dashboard"), "gauge", EventPermission.OPEN_DESK),),
    ),
    (
        N_("Market"),
        (
            Entry("market_admin.plan", N_("Floor plan"), "map", MarketPermission.SEE_BOOTHS),
            Entry("market_admin.booths", N_("Booths"), "booth", MarketPermission.SEE_BOOTHS),
            Entry("market_admin.live", N_("How booths do"), "eye", MarketPermission.SEE_BOOTHS),
            Entry("events_admin.zones", N_("Zones"), "zone", EventPermission.SEE_PLACES),
            Entry("market_admin.floats", N_("Floats"), "float", MarketPermission.SEE_BOOTHS),
            Entry("market_admin.shapes", N_("Lanes and routes"), "flame", MarketPermission.SEE_BOOTHS),
            Entry("market_admin.circuits", N_("Circuits"), "bolt", MarketPermission.SEE_BOOTHS),
            Entry("showcase_admin.cities", N_("What cities show"), "eye", ShowcasePermission.SEE_SHOWCASE),
            Entry(
                "applications_admin.applications",
                N_("Applications"),
                "inbox",
                ApplicationPermission.SEE_APPLICATIONS,
            ),
            Entry("placement_admin.overview", N_("Placement"), "grid", PlacementPermission.SEE_PLACEMENT),
            Entry("signs_admin.signs", N_("Signs and codes"), "print", SignsPermission.SEE_SIGNS),
            Entry("readiness_admin.index", N_("Readiness"), "check", ReadinessPermission.SEE_READINESS),
            Entry("readiness_admin.faults", N_("Faults"), "warn", ReadinessPermission.SEE_READINESS),
            Entry("readiness_admin.slots", N_("Time slots"), "clock", ReadinessPermission.SEE_READINESS),
            Entry("readiness_admin.passes", N_("Passes"), "gate", ReadinessPermission.SEE_PASSES),
            Entry("delegations_admin.packs", N_("Delegation packs"), "users", ReadinessPermission.SEE_PACKS),
            Entry("readiness_admin.permits", N_("Permits"), "seal", ReadinessPermission.SEE_DATES),
            Entry("readiness_admin.milestones", N_("Milestones"), "flag", ReadinessPermission.SEE_DATES),
        ),
    ),
    (
        N_("Programme"),
        (
            Entry("programme_admin.editor", N_("Programme editor"), "grid", ProgrammePermission.SEE_DRAFT),
            Entry("programme_admin.items", N_("Programme items"), "ticket", ProgrammePermission.SEE_DRAFT),
            Entry(
                "scheduling_admin.overview",
                N_("Timetable proposal"),
                "clock",
                SchedulingPermission.SEE_TIMETABLES,
            ),
            Entry("stagedesk_admin.stages", N_("Stage desk"), "play", StagedeskPermission.SEE_DESKS),
            Entry("programme_admin.releases", N_("Versions"), "cal", ProgrammePermission.SEE_DRAFT),
            Entry("troupes_admin.troupes", N_("Troupes"), "mic", TroupePermission.SEE_TROUPES),
            Entry(
                "runsheets_admin.papers", N_("Papers for the stages"), "print", RunsheetPermission.SEE_PAPERS
            ),
            Entry(
                "imports_admin.upload",
                N_("Programme from a file"),
                "upload",
                ImportPermission.IMPORT_PROGRAMME,
            ),
        ),
    ),
    (
        N_("Places and people"),
        (
            Entry("events_admin.stages", N_("Stages"), "mic", EventPermission.SEE_PLACES),
            Entry("events_admin.facilities", N_("Facilities"), "pin", EventPermission.SEE_PLACES),
            Entry("events_admin.delegations", N_("Delegations"), "users", EventPermission.SEE_PLACES),
            Entry("events_admin.organizations", N_("Organizations"), "partner", EventPermission.SEE_PLACES),
        ),
    ),
    (
        N_("Visitors"),
        (
            Entry("checkin_admin.checkpoints", N_("Checkpoints"), "stamp", CheckinPermission.SEE_CHECKPOINTS),
            Entry("giveaways_admin.giveaways", N_("Giveaways"), "gift", GiveawayPermission.SEE_GIVEAWAYS),
            Entry("workshops_admin.workshops", N_("Workshops"), "hand", WorkshopPermission.SEE_WORKSHOPS),
            Entry("draws_admin.draws", N_("Draws"), "dice", DrawsPermission.SEE_DRAWS),
            Entry(
                "checkin_admin.staff_cards",
                N_("Cards of the team"),
                "users",
                CheckinPermission.SEE_STAFF_CARDS,
            ),
        ),
    ),
    (
        N_("Help desk"),
        (
            Entry("helpdesk_admin.notices", N_("Notices"), "bell", HelpdeskPermission.SEE_NOTICES),
            Entry("helpdesk_admin.questions", N_("Answers"), "info", HelpdeskPermission.SEE_NOTICES),
            Entry("helpdesk_admin.tickets", N_("Tickets"), "help", HelpdeskPermission.SEE_SERVICE),
            Entry("helpdesk_admin.posts", N_("Posts"), "users", HelpdeskPermission.SEE_SERVICE),
            Entry("helpdesk_admin.footfall", N_("Footfall"), "eye", HelpdeskPermission.SEE_SERVICE),
        ),
    ),
    (
        N_("Cooperation"),
        (
            Entry(
                "agreements_admin.agreements", N_("Agreements"), "sign", AgreementPermission.SEE_AGREEMENTS
            ),
            Entry("agreements_admin.deals", N_("Deals"), "deal", AgreementPermission.SEE_DEALS),
            Entry("partners_admin.partners", N_("Partners"), "partner", PartnerPermission.SEE_PARTNERS),
        ),
    ),
    (
        N_("Management"),
        (
            Entry("members.show_members", N_("People and roles"), "users", AccountPermission.SEE_MEMBERS),
            Entry("events_admin.status", N_("Publishing"), "flag", EventPermission.OPEN_DESK),
            Entry("admin.history", N_("History"), "audit", EventPermission.SEE_HISTORY),
        ),
    ),
)

SITE_GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        N_("The site"),
        (
            Entry("people.index", N_("People and roles"), "users", AccountPermission.SEE_PEOPLE),
            Entry("post.outbox", N_("Outbox"), "send", AccountPermission.READ_OUTBOX),
        ),
    ),
)

FEW = 12  # pages: a menu as short as this stands open as a whole


def menu() -> list[dict[str, Any]]:
    """Return the groups with the pages that the actor may open, of the event or else of the site.

    Of a long menu only the group of the page stands open, and groups of one page.
    """
    event = g.get("event")
    place: dict[str, Any] = {"event": event.slug} if event else {}
    thing = Thing(event_id=event.id if event else None)
    shown = [
        (gettext(label), [_item(entry, place) for entry in entries if may(entry.permission, thing)])
        for label, entries in (GROUPS if event else SITE_GROUPS)
    ]
    short = sum(len(items) for _label, items in shown) <= FEW
    return [
        {"label": label, "items": items, "open": short or len(items) == 1 or any(i["current"] for i in items)}
        for label, items in shown
        if items
    ]


def _item(entry: Entry, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": gettext(entry.label),
        "url": url_for(entry.endpoint, **place),
        "icon": entry.icon,
        "current": _is_current(entry),
    }


def _is_current(entry: Entry) -> bool:
    """Mark the page itself; below it, the page of its blueprint that its name is about, else the first."""
    groups = GROUPS if g.get("event") else SITE_GROUPS
    listed = [listed.endpoint for _label, entries in groups for listed in entries]
    if request.endpoint in listed:
        return request.endpoint == entry.endpoint
    own = [endpoint for endpoint in listed if endpoint.split(".")[0] == request.blueprint]
    return [*(endpoint for endpoint in own if _is_about(endpoint)), *own][:1] == [entry.endpoint]


def _is_about(listed: str) -> bool:
    """Tell whether the request's page names what a page of the menu lists, as `new_booth` booths."""
    stem = listed.rpartition(".")[2][:STEM]
    return any(word.startswith(stem) for word in str(request.endpoint).rpartition(".")[2].split("_"))
