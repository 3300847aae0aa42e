"""Papers of the stages as plain values, as the templates of `templates/print` take them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from eventsite.events.models import Event
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item
from eventsite.programme.queries import DRAFT, ReleaseView
from eventsite.runsheets.core.microphones import peak_of
from eventsite.runsheets.queries import MicrophoneSet, Section, list_notes, list_sets
from eventsite.runsheets.views_admin.rows import (
    Row,
    allotment_words,
    announcement,
    clock_words,
    is_announced,
    is_chinese,
    place_names,
    rows_of,
    set_name,
    span_words,
)
from eventsite.web.language import pick
from eventsite.web.templating import day_words

Data = dict[str, Any]
DASH = "—"


def run_sheets(event: Event, view: ReleaseView, sections: Sequence[Section], *, alone: bool) -> Data:
    """Return the run sheets of some stages and days; notes of the team stand in those of today alone."""
    sets = list_sets(view.full, view.full.items)
    items = [item for section in sections for item in section.items]
    notes = {} if alone else list_notes(event, items)
    return {
        **shared_by_all(event, view, _("Run sheet")),
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
                **head_of(section),
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
        **shared_by_all(event, view, _("Microphone plan")),
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
        **shared_by_all(event, view, _("Order for the hosts")),
        "heads": ["", _("Time"), _("Item"), _("To announce"), _("Next item")],
        "sections": [{**head_of(section), "rows": _announced(event, section)} for section in sections],
    }


def shared_by_all(event: Event, view: ReleaseView, title: str) -> Data:
    """Return what every paper says: fair, title, version, words."""
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


def head_of(section: Section) -> Data:
    """Return the head of a stage and day."""
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
        **marks_of(item),
    }


def marks_of(item: Item) -> Data:
    """Return what an item is marked with."""
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


def _moment(event: Event, instant: datetime) -> str:
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
            **marks_of(item),
        }
        for number, (item, after) in enumerate(zip(items, following, strict=True), start=1)
    ]
