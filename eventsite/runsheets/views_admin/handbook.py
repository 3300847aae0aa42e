"""The handbook as plain values, as its template takes them."""

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsite.events.core import OpenDay
from eventsite.events.enums import ORGANIZATION_ROLES
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_organizations, list_zones, open_days
from eventsite.helpdesk.models import Post
from eventsite.helpdesk.queries import list_faq, list_posts
from eventsite.printing.codes import Code
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.queries import ReleaseView
from eventsite.runsheets.queries import list_sections
from eventsite.runsheets.views_admin.data import Data, head_of, marks_of, shared_by_all
from eventsite.runsheets.views_admin.rows import clock_words, performers, place_names, span_words
from eventsite.web.language import pick, word
from eventsite.web.links import absolute, short
from eventsite.web.templating import day_words

ANSWERS = 8  # questions and answers
LEADING = ("organizer", "partner", "operator", "venue")
"""Roles that stand on the cover, in this order."""


def handbook(event: Event, view: ReleaseView) -> Data:
    """Return the handbook: agenda, delegations with their acts, stages, rules, posts. It names no people."""
    programme = view.programme
    address = absolute("programme.show", event=event.slug)
    return {
        **shared_by_all(event, view, _("Handbook")),
        "campaign": pick(event, "campaign"),
        "headline": pick(event, "headline"),
        "name": pick(event, "name"),
        "when": [_day_line(event, day) for day in open_days(event)],
        "where": f"{pick(event, 'host_city')} · {pick(event, 'location')} · {pick(event, 'admission')}",
        "bodies": _bodies(event),
        "agenda": _agenda(event, programme),
        "delegations": _delegations(event, programme),
        "others": _without_acts(event, programme),
        "stages": _stages(programme),
        "zones": [
            {"code": zone.code, "name": pick(zone, "name"), "about": pick(zone, "description")}
            for zone in list_zones(event)
        ],
        "answers": [
            {"question": pick(row, "question"), "answer": pick(row, "answer")}
            for row in list_faq(event)[:ANSWERS]
        ],
        "posts": [_post(post) for post in list_posts(event)],
        "code": Code(address),
        "address": short(address),
        "parts": {
            "agenda": _("Agenda"),
            "delegations": _("Delegations and their acts"),
            "stages": _("Stages"),
            "zones": _("Zones"),
            "rules": _("Good to know"),
            "posts": _("Posts to turn to"),
        },
        "advice": _("Times may change. What counts is said on the spot and stands behind this code:"),
        "stage_heads": [_("Stage"), _("Zone"), _("Seats")],
        "post_heads": [_("Post"), _("Zone"), _("Shifts")],
    }


def _day_line(event: Event, day: OpenDay) -> str:
    words = day_words(day.date)
    return f"{day.date.year} · {words} {span_words(day.hours.start, day.hours.end, event.zone)}"


def _bodies(event: Event) -> list[Data]:
    rows: dict[str, list[str]] = {}
    for body in list_organizations(event):
        role = next((role for role in LEADING if role in body.roles), None)
        if role:
            rows.setdefault(role, []).append(pick(body, "name"))
    return [{"role": word(ORGANIZATION_ROLES, role), "names": rows[role]} for role in LEADING if role in rows]


def _agenda(event: Event, programme: Programme) -> list[Data]:
    return [
        {
            **head_of(section),
            "rows": [
                {
                    "time": span_words(item.slot.start, item.slot.end, event.zone),
                    "title": pick(item, "title"),
                    "below": performers(item),
                    **marks_of(item),
                }
                for item in section.items
            ],
        }
        for section in list_sections(programme)
    ]


def _delegations(event: Event, programme: Programme) -> list[Data]:
    names = place_names(programme)
    acts: dict[str, list[Item]] = {}
    for item in programme.items:
        if item.delegation:
            acts.setdefault(item.delegation.ref, []).append(item)
    return [
        {
            "name": pick(row, "name"),
            "aside": ngettext("%(num)s person", "%(num)s people", row.headcount),
            "contact": pick(row, "contact_post"),
            "acts": [
                {
                    "time": _act_time(event, programme, item),
                    "title": pick(item, "title"),
                    "stage": names[item.stage],
                    **marks_of(item),
                }
                for item in acts[row.ref]
            ],
        }
        for row in list_delegations(event)
        if row.ref in acts
    ]


def _without_acts(event: Event, programme: Programme) -> str:
    performing = {item.delegation.ref for item in programme.items if item.delegation}
    names = [pick(row, "name") for row in list_delegations(event) if row.ref not in performing]
    return _("Also there: %(names)s", names=_(", ").join(names)) if names else ""


def _act_time(event: Event, programme: Programme, item: Item) -> str:
    clock = clock_words(item.slot.start, event.zone)
    day = fair_day(programme, item.released_slot.start)
    return clock if len(event.days) < 2 else f"{day.month}-{day.day} {clock}"


def _stages(programme: Programme) -> list[Data]:
    return [
        {
            "code": place.code,
            "name": pick(place, "name"),
            "zone": f"{place.zone_code} {pick(place, 'zone_name')}",
            "seats": str(place.capacity),
            "roof": _("under a roof") if place.covered else _("in the open"),
        }
        for place in programme.stages
    ]


def _post(post: Post) -> Data:
    where = f"{post.zone.code} {pick(post.zone, 'name')}" if post.zone else _("Everywhere")
    return {"name": pick(post, "name"), "zone": where, "shifts": _(", ").join(post.shifts)}
