"""Papers as plain values, as the templates of `templates/print` take them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsite.events.enums import ORGANIZATION_ROLES
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_organizations, list_zones, open_days
from eventsite.helpdesk.queries import list_faq, list_posts
from eventsite.printing.codes import Code
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.queries import DRAFT, ReleaseView
from eventsite.runsheets.core.microphones import peak_of
from eventsite.runsheets.queries import MicrophoneSet, Section, list_notes, list_sections, list_sets
from eventsite.runsheets.views_admin.rows import (
    Row,
    allotment_words,
    announcement,
    clock_words,
    is_announced,
    is_chinese,
    performers,
    place_names,
    rows_of,
    set_name,
    span_words,
)
from eventsite.web.language import pick, word
from eventsite.web.links import absolute, short
from eventsite.web.templating import day_words

Data = dict[str, Any]
DASH = "—"
ANSWERS = 8  # questions and answers in the handbook
LEADING = ("organizer", "partner", "operator", "venue")
"""Roles that stand on the handbook's cover, in this order."""


def run_sheets(event: Event, view: ReleaseView, sections: Sequence[Section], *, alone: bool) -> Data:
    """Return the run sheets of some stages and days; notes of the team stand in those of today alone."""
    sets = list_sets(view.full, view.full.items)
    items = [item for section in sections for item in section.items]
    notes = {} if alone else list_notes(event, items)
    return {
        **_shared(event, view, _("Run sheet")),
        "heads": [
            "",
            _("Time"),
            _("Min"),
            _("Set-up / tear-down"),
            _("Item"),
            _("Call time"),
            _("Microphones"),
            _("Audio"),
            _("Props"),
            _("Persons"),
            _("Notes"),
            _("Began"),
            _("Ended"),
        ],
        "signed": [_("Stage manager"), _("Sound"), _("Caller")],
        "sections": [
            {
                **_head(section),
                "rows": [_run_row(event, row) for row in rows_of(section, sets, notes)],
            }
            for section in sections
        ],
    }


def microphone_plan(event: Event, view: ReleaseView, *, stage: str | None, day: date | None) -> Data:
    """Return who has which microphones when; a stage's plan shows its own items under the common numbers."""
    programme = view.full
    items = [item for item in programme.items if day in (None, fair_day(programme, item.released_slot.start))]
    sets = [one for one in list_sets(programme, items) if _is_of(one, stage)]
    needs = [given.need for one in sets for given in one.allotments]
    total = peak_of(needs) if stage is None else None
    return {
        **_shared(event, view, _("Microphone plan")),
        "where": place_names(programme)[stage] if stage else _("All stages"),
        "when": day_words(day) if day else "",
        "total": _(
            "At most %(amount)s microphones are out at once, first at %(time)s.",
            amount=total.amount,
            time=_moment(event, total.at),
        )
        if total
        else "",
        "heads": [
            _("Needed from"),
            _("Needed until"),
            _("Stage"),
            _("Item"),
            _("How many"),
            _("Which ones"),
        ],
        "ticks": [_("Given out"), _("Brought back")],
        "sets": [_set_data(event, view, one, stage) for one in sets],
    }


def mc_order(event: Event, view: ReleaseView, sections: Sequence[Section]) -> Data:
    """Return what hosts announce, in order, each with what comes next."""
    return {
        **_shared(event, view, _("Order for the hosts")),
        "heads": ["", _("Time"), _("Item"), _("To announce"), _("Next item")],
        "sections": [{**_head(section), "rows": _announced(event, section)} for section in sections],
    }


def handbook(event: Event, view: ReleaseView) -> Data:
    """Return the handbook: agenda, delegations with their acts, stages, rules, posts. It names no people."""
    programme = view.programme
    address = absolute("programme.show", event=event.slug)
    return {
        **_shared(event, view, _("Handbook")),
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


def _shared(event: Event, view: ReleaseView, title: str) -> Data:
    zone = event.zone
    released = view.released_at.astimezone(zone)
    parts = [_("Version %(number)s · released %(at)s", number=view.number, at=f"{released:%Y-%m-%d %H:%M}")]
    if view.plan != DRAFT:
        parts.append(_("Plan %(code)s", code=view.plan))
    if view.live_revision:
        parts.append(_("expected times after act %(number)s", number=view.live_revision))
    return {
        "lang": "zh" if is_chinese() else "en",
        "title": f"{pick(event, 'market_name')} · {title}",
        "fair": pick(event, "market_name"),
        "heading": title,
        "version": " · ".join(parts),
        "has_demo": any(item.source == "demo" for item in view.full.items),
        "words": {
            "demo": _("demo"),
            "demo_note": _("Items marked “demo” are invented for demonstration"),
            "off": _("Cancelled"),
            "fixed": _("Fixed point: its time does not move"),
            "planned": _("was"),
            "empty": _("There are no items here."),
            "next": _("Next"),
            "last": _("The last item of the day"),
        },
    }


def _head(section: Section) -> Data:
    place = section.place
    return {
        "head": f"{place.code} {pick(place, 'name')}",
        "day": day_words(section.day),
        "aside": _(
            "%(zone)s · %(seats)s people · %(roof)s",
            zone=f"{place.zone_code} {pick(place, 'zone_name')}",
            seats=place.capacity,
            roof=_("under a roof") if place.covered else _("in the open"),
        ),
    }


def _run_row(event: Event, row: Row) -> Data:
    item, zone = row.item, event.zone
    return {
        "number": str(row.number),
        "time": span_words(item.slot.start, item.slot.end, zone),
        "planned": clock_words(item.planned.start, zone) if item.planned else "",
        "minutes": str(row.minutes),
        "around": f"{item.setup} / {item.teardown}" if item.setup or item.teardown else DASH,
        "title": pick(item, "title"),
        "below": row.performers,
        "call": clock_words(row.call_at, zone) if row.call_at and not item.is_cancelled else DASH,
        "microphones": row.microphones or DASH,
        "audio": item.audio or DASH,
        "props": row.props or DASH,
        "people": row.people or DASH,
        "note": row.note,
        **_marks(item),
    }


def _marks(item: Item) -> Data:
    return {"fixed": item.fixed, "off": item.is_cancelled, "demo": item.source == "demo"}


def _is_of(one: MicrophoneSet, stage: str | None) -> bool:
    return stage is None or any(given.need.item.stage == stage for given in one.allotments)


def _set_data(event: Event, view: ReleaseView, one: MicrophoneSet, stage: str | None) -> Data:
    names = place_names(view.full)
    peak = _("peak %(amount)s, first at %(time)s", amount=one.peak.amount, time=_moment(event, one.peak.at))
    there = _("%(num)s there", num=one.quantity) if one.quantity is not None else _("no set is named")
    return {
        "name": set_name(one),
        "aside": f"{there} · {peak}",
        "short": _("Not enough at the peak: somebody goes without.") if one.is_short else "",
        "rows": [
            {
                "out": _moment(event, given.need.span.start),
                "back": clock_words(given.need.span.end, event.zone),
                "stage": names[given.need.item.stage],
                "title": pick(given.need.item, "title"),
                "amount": str(given.need.amount),
                "which": allotment_words(given),
                "short": given.short > 0,
            }
            for given in one.allotments
            if stage in (None, given.need.item.stage)
        ],
    }


def _moment(event: Event, instant: Any) -> str:
    local = instant.astimezone(event.zone)
    return f"{local:%H:%M}" if len(event.days) < 2 else f"{local.month}-{local.day} {local:%H:%M}"


def _announced(event: Event, section: Section) -> list[Data]:
    items = [item for item in section.items if is_announced(item)]
    following: list[Item | None] = [*items[1:], None]
    return [
        {
            "number": str(number),
            "time": clock_words(item.slot.start, event.zone),
            "title": item.title_zh if is_chinese() else item.title_en or item.title_zh,
            "other": item.title_en if is_chinese() else item.title_zh,
            "intro": announcement(item),
            "next": pick(after, "title") if after else "",
            "next_at": clock_words(after.slot.start, event.zone) if after else "",
            **_marks(item),
        }
        for number, (item, after) in enumerate(zip(items, following, strict=True), start=1)
    ]


def _day_line(event: Event, day: Any) -> str:
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
            **_head(section),
            "rows": [
                {
                    "time": span_words(item.slot.start, item.slot.end, event.zone),
                    "title": pick(item, "title"),
                    "below": performers(item),
                    **_marks(item),
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
                    **_marks(item),
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
    day = fair_day(programme, item.slot.start)
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


def _post(post: Any) -> Data:
    zone: Mapping[str, str] | None = {"code": post.zone.code} if post.zone else None
    return {
        "name": pick(post, "name"),
        "zone": f"{zone['code']} {pick(post.zone, 'name')}" if zone else _("Everywhere"),
        "shifts": _(", ").join(post.shifts),
    }
