"""The printed programme: by day, by stage or by delegation, set by typst and made to be kept (PDF/A).

Its date is the instant that last changed it, so that the same snapshot gives the same bytes.
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from eventsite.exports.core.values import Entry, Room, Snapshot, Span
from eventsite.exports.core.words import word
from eventsite.exports.writers.paper import day_words, hours_words, on_paper, part_words, version_words
from eventsite.exports.writers.plan import Plan
from eventsite.printing.codes import Code
from eventsite.printing.typesetting import compile_pdf

TEMPLATE = "programme"
KEY = frozenset({"opening", "signing", "raffle", "closing"})
Section = dict[str, Any]
Last = Callable[[Entry], str]


def write_by_day(snapshot: Snapshot, language: str) -> bytes:
    """Return the items of each day by time, with their stages."""
    return compile_pdf(TEMPLATE, days_on_paper(snapshot, language), made=snapshot.updated_at)


def days_on_paper(snapshot: Snapshot, language: str) -> dict[str, Any]:
    """Return what the template says of each day."""
    plan = Plan(snapshot, language, stateful=True)
    return _paper(plan, "stage", [_day(plan, day, entries) for day, entries in plan.by_day])


def write_by_stage(snapshot: Snapshot, language: str) -> bytes:
    """Return the items of each stage, with who performs them."""
    plan = Plan(snapshot, language, stateful=True)
    sections = [_stage(plan, room, entries) for room, entries in plan.held(plan.entries)]
    return compile_pdf(TEMPLATE, _paper(plan, "who", sections), made=snapshot.updated_at)


def write_by_city(snapshot: Snapshot, language: str) -> bytes:
    """Return the items of each delegation, with their stages; those without one come last."""
    plan = Plan(snapshot, language, stateful=True)
    teams = {entry.team.ref: plan.said(entry.team.name) for entry in plan.entries if entry.team}
    held: dict[str, list[Entry]] = {ref: [] for ref in (*teams, "")}
    for entry in plan.entries:
        if not entry.is_break:
            held[entry.team.ref if entry.team else ""].append(entry)
    teams[""] = on_paper(language)["others"]
    stage = _names_of_stages(plan)
    sections = [_section(plan, teams[ref], entries, stage) for ref, entries in held.items()]
    return compile_pdf(TEMPLATE, _paper(plan, "stage", sections), made=snapshot.updated_at)


def _day(plan: Plan, day: Span, entries: list[Entry]) -> Section:
    hours = f"{plan.snapshot.local(day.start):%H:%M}—{plan.snapshot.local(day.end):%H:%M}"
    head = day_words(day.date, plan.language)
    return _section(plan, head, entries, _names_of_stages(plan), aside=hours, performers=True)


def _stage(plan: Plan, room: Room, entries: list[Entry]) -> Section:
    seats = on_paper(plan.language)["seats"].format(room.capacity)
    aside = f"{plan.said(room.zone)} · {seats}"
    return _section(plan, plan.rooms[room.code], entries, _performer(plan), aside=aside, badge=room.zone_code)


def _section(
    plan: Plan,
    head: str,
    entries: Iterable[Entry],
    last: Last,
    *,
    aside: str = "",
    badge: str = "",
    performers: bool = False,
) -> Section:
    """Return a section in groups by part of the day; `last` fills the third column."""
    held = list(entries)
    several = len({entry.day for entry in held}) > 1
    groups = [
        {"head": name, "rows": [_row(plan, entry, last(entry), below=performers) for entry in inside]}
        for name, inside in groupby(held, lambda entry: _group_head(plan, entry, several=several))
    ]
    return {"head": head, "aside": aside, "badge": badge, "groups": groups}


def _group_head(plan: Plan, entry: Entry, *, several: bool) -> str:
    part = part_words(plan.snapshot, entry, plan.language)
    return f"{day_words(entry.day, plan.language)} · {part}" if several else part


def _row(plan: Plan, entry: Entry, last: str, *, below: bool) -> dict[str, Any]:
    local = plan.snapshot.local
    return {
        "time": f"{local(entry.start):%H:%M}—{local(entry.end):%H:%M}",
        "planned": f"{local(entry.planned_start):%H:%M}" if entry.planned_start else "",
        "title": plan.said(entry.title),
        "below": _performer(plan)(entry) if below else "",
        "notice": plan.said(entry.notice),
        "last": last,
        "key": entry.kind in KEY,
        "off": entry.cancelled,
        "demo": entry.is_demo,
    }


def _performer(plan: Plan) -> Last:
    return lambda entry: plan.said(entry.group.name) if entry.group else ""


def _names_of_stages(plan: Plan) -> Last:
    return lambda entry: plan.rooms[entry.room.code]


def _paper(plan: Plan, last_head: str, sections: list[Section]) -> dict[str, Any]:
    snapshot, language, words = plan.snapshot, plan.language, on_paper(plan.language)
    name = plan.said(snapshot.name)
    return {
        "lang": language,
        "title": f"{name} · {word('programme', language)}",
        "above": plan.said(snapshot.title),
        "heading": word("programme", language),
        "name": " · ".join(part for part in (name, plan.said(snapshot.part)) if part),
        "when": [hours_words(snapshot, day, language) for day in snapshot.days],
        "where": plan.said(snapshot.place),
        "heads": [words["time"], words["item"], words[last_head]],
        "sections": [section for section in sections if section["groups"]],
        "zones": sorted({room.zone_code for room in snapshot.rooms}),
        "version": version_words(snapshot, language),
        "has_demo": any(entry.is_demo for entry in plan.entries),
        "words": words,
        "code": Code(snapshot.links.programme),
        "address": snapshot.links.programme.split("://", 1)[-1],
    }
