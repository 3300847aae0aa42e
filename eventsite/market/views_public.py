"""The floor plan, a zone and a booth for visitors: drawings from the data, each with its twin in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, render_template, request

from eventsite.events.models import Event, Zone
from eventsite.events.queries import find_venue, get_zone, list_landmarks, list_stages, list_zones
from eventsite.kernel import clock
from eventsite.kernel.boxes import Box
from eventsite.market.core import WHOLE_WORDS, Label, fit_label, head_height, standing
from eventsite.market.enums import CATEGORIES, FACILITY_ICONS, LIVE_WORDS, LiveState, ShapeKind
from eventsite.market.models import Booth
from eventsite.market.queries import find_float_at, get_booth, list_booths, list_shapes
from eventsite.web.access import public
from eventsite.web.collation import find
from eventsite.web.language import pick, word
from eventsite.web.lists import read_search

blueprint = Blueprint("market", __name__)
blueprint.add_app_template_filter(partial(word, CATEGORIES), "booth_category")
blueprint.add_app_template_filter(lambda kind: FACILITY_ICONS.get(kind, "pin"), "facility_icon")

ZONE_HEAD = {"least": 44.0, "most": 66.0}  # of the name bar on the plan of all zones
BOOTH_HEAD = 30.0  # of the bar with a booth's code on the plan of one zone
# Sizes of type, from what reads best to what still reads on a phone.
ZONE_TYPE, BOOTH_TYPE = (44, 40, 36, 32), (21, 19, 17, 15)


@dataclass(frozen=True, kw_only=True)
class DrawnZone:
    """A zone on the plan; without a label only its code is written."""

    zone: Zone
    booths: Sequence[Booth]
    head: float
    label: Label | None


@dataclass(frozen=True, kw_only=True)
class DrawnBooth:
    """A booth on the plan of its zone; without a label only its code is written."""

    booth: Booth
    label: Label | None


@blueprint.get("/e/<slug:event>/map")
@public
def plan(event: Event) -> str:
    """Show the floor plan.

    `?q=` finds booths by code, name, city or pinyin initials, `?category=` and `?state=` narrow them, and
    `?booth=` points at one.
    """
    search = read_search()
    chosen = {name: request.args.get(name, "") for name in ("category", "state")}
    booths, zones, venue = _standing(event), list_zones(event), find_venue(event)
    states = live_states(event, booths)
    fitting = [booth for booth in booths if _fits(booth, states, chosen)]
    pointed = request.args.get("booth", "")
    return render_template(
        "market/map.html",
        venue=venue,
        zones=[_draw_zone(zone, [booth for booth in booths if booth.zone_id == zone.id]) for zone in zones],
        booths=booths,
        stages=list_stages(event),
        shapes=[shape for shape in list_shapes(event) if shape.kind is not ShapeKind.FIRE_LANE],
        landmarks=list_landmarks(event) if venue else [],
        search=search,
        chosen=chosen,
        filtered=bool(search or any(chosen.values())),
        found=find(fitting, search, lambda booth: booth.words),
        states=states,
        pointed=pointed,
        hit=next((booth for booth in booths if booth.code == pointed), None),
        categories=_present(CATEGORIES, {booth.category for booth in booths}),
        live_words={state.value: words for state, words in LIVE_WORDS.items()},
    )


@blueprint.get("/e/<slug:event>/zones/<code:code>")
@public
def zone(event: Event, code: str) -> str:
    """Show a zone: its sign, its booths on a plan and as a list, its stages."""
    shown = get_zone(event, code)
    booths = _standing(event, zone=code)
    whole = {*WHOLE_WORDS.split(), *(pick(booth.delegation, "city") for booth in booths if booth.delegation)}
    return render_template(
        "market/zone.html",
        zone=shown,
        booths=[_draw_booth(booth, whole) for booth in booths],
        free=head_height(shown.box, [booth.box for booth in booths], least=0, most=ZONE_HEAD["most"]),
        stages=[stage for stage in list_stages(event) if stage.zone_id == shown.id],
        states=live_states(event, booths),
    )


@blueprint.get("/e/<slug:event>/booths/<code:code>")
@public
def booth(event: Event, code: str) -> str:
    """Show a booth: what it offers, where it stands, who holds it; of one that is cancelled, that it is."""
    shown = get_booth(event, code)
    state = live_states(event, [shown]).get(code)
    return render_template("market/booth.html", booth=shown, carried=find_float_at(shown), state=state)


def live_states(event: Event, booths: Sequence[Booth]) -> dict[str, LiveState]:
    """Return how booths do right now, by code; one that is cancelled or silent today is left out."""
    today = clock.now().astimezone(event.zone).date()
    told = {
        booth.code: standing(booth.live_state, booth.live_at, today=today, zone=event.zone)
        for booth in booths
        if not booth.is_cancelled
    }
    return {code: state for code, state in told.items() if state}


def _standing(event: Event, *, zone: str = "") -> list[Booth]:
    """Return the booths that visitors find on the ground."""
    return [booth for booth in list_booths(event, zone=zone) if not booth.is_cancelled]


def _fits(booth: Booth, states: Mapping[str, LiveState], chosen: Mapping[str, str]) -> bool:
    """Tell whether a booth is of the category and does as asked."""
    state = states.get(booth.code)
    wanted = chosen["state"]
    right_state = not wanted or (state is not None and state.value == wanted)
    return right_state and chosen["category"] in ("", booth.category)


def _present(words: Mapping[str, str], present: Collection[str]) -> dict[str, str]:
    """Return those words of a vocabulary that are there, others as they are."""
    known = {value: label for value, label in words.items() if value in present}
    return known | {value: value for value in sorted(present) if value not in words}


def _draw_zone(zone: Zone, booths: Sequence[Booth]) -> DrawnZone:
    head = head_height(zone.box, [booth.box for booth in booths], **ZONE_HEAD)
    bar = Box(x=zone.map_x, y=zone.map_y, w=zone.map_w * 0.85, h=head)  # room for bold letters
    label = fit_label(f"{zone.code}\u00a0{pick(zone, 'name')}", bar, ZONE_TYPE)
    return DrawnZone(zone=zone, booths=booths, head=head, label=label)


def _draw_booth(booth: Booth, whole: Collection[str]) -> DrawnBooth:
    below = Box(
        x=booth.map_x, y=booth.map_y + BOOTH_HEAD, w=booth.map_w - 6, h=max(booth.map_h - BOOTH_HEAD, 1)
    )
    return DrawnBooth(booth=booth, label=fit_label(pick(booth, "shown"), below, BOOTH_TYPE, whole))
