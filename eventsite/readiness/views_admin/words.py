"""What pages say of readiness: the enums' words, what is missing, loads and days as sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsite.events.models import Event
from eventsite.kernel.words import N_
from eventsite.readiness.core import Countdown, DayState, Load, LoadLevel, Missing, masked
from eventsite.readiness.enums import (
    CERTIFICATE_WORDS,
    CHECK_WORDS,
    CONCERN_WORDS,
    DIRECTION_WORDS,
    FAULT_WORDS,
    MOMENT_WORDS,
    PART_WORDS,
    PASS_WORDS,
    SLOT_WORDS,
    CheckKind,
)
from eventsite.readiness.forms import slot_words
from eventsite.readiness.views_admin import blueprint
from eventsite.web.language import language
from eventsite.web.templating import day_words


def say_missing(missing: Missing) -> str:
    """Return what is missing as a sentence in the reader's language."""
    params: dict[str, Any] = dict(missing.params)
    if missing.names:
        params["paper"] = missing.names[0 if language() == "zh" else 1]
    elif missing.paper:
        params["paper"] = _(missing.paper)
    if isinstance(params.get("day"), date):
        params["day"] = day_words(params["day"])
    return _(missing.message, **params)


def say_load(load: Load) -> str:
    """Return how a load stands to its limit."""
    if load.level is LoadLevel.UNKNOWN:
        return _("%(kw)g kW; no limit is known", kw=load.kw)
    if load.level is LoadLevel.OVER:
        return _(
            "%(kw)g of %(limit)g kW: over the limit by %(over)g kW",
            kw=load.kw,
            limit=load.limit,
            over=-load.left,
        )
    if load.level is LoadLevel.NEAR:
        return _("%(kw)g of %(limit)g kW: nearly full", kw=load.kw, limit=load.limit)
    return _("%(kw)g of %(limit)g kW: room for %(left)g kW", kw=load.kw, limit=load.limit, left=load.left)


def last_day(event: Event) -> date:
    """Return the last day of the fair, through which certificates have to hold."""
    return event.days[-1].date if event.days else date.min


def say_days(count: Countdown) -> str:
    """Return how something stands that is due on a day."""
    if count.state is DayState.LATE:
        return ngettext("%(num)s day late", "%(num)s days late", count.late_by)
    if count.state in (DayState.AHEAD, DayState.SOON):
        return (
            ngettext("%(num)s day left", "%(num)s days left", count.days)
            if count.days
            else _("today is the last day")
        )
    return _(STATES[count.state])


STATES: Mapping[DayState, str] = {
    DayState.DONE: N_("done"),
    DayState.WAITING: N_("applied for, not decided"),
    DayState.REFUSED: N_("refused"),
}
LEVELS: Mapping[LoadLevel, str] = {
    LoadLevel.UNKNOWN: "info",
    LoadLevel.FREE: "ok",
    LoadLevel.NEAR: "warn",
    LoadLevel.OVER: "bad",
}
KINDS: Mapping[DayState, str] = {
    DayState.DONE: "ok",
    DayState.WAITING: "info",
    DayState.AHEAD: "",
    DayState.SOON: "warn",
    DayState.LATE: "bad",
    DayState.REFUSED: "bad",
}


def _said(words: Mapping[Any, str]) -> Callable[[Enum], str]:
    return lambda member: _(words[member])


WORDS: Mapping[str, Mapping[Any, str]] = {
    "certificate": CERTIFICATE_WORDS,
    "check_words": CHECK_WORDS,
    "concern": CONCERN_WORDS,
    "direction": DIRECTION_WORDS,
    "fault_state": FAULT_WORDS,
    "moment": MOMENT_WORDS,
    "part": PART_WORDS,
    "pass_kind": PASS_WORDS,
    "slot_kind": SLOT_WORDS,
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: _said(words) for name, words in WORDS.items()},
    "missing": say_missing,
    "load_words": say_load,
    "load_kind": lambda load: LEVELS[load.level],
    "days_words": say_days,
    "days_kind": lambda count: KINDS[count.state],
    "slot_time": slot_words,
    "hidden": masked,
    "check_of": lambda checks, kind: checks.get(CheckKind(kind)),
}
for name, call in FILTERS.items():
    blueprint.add_app_template_filter(call, name)
