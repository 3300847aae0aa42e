"""Records of the event as the templates of `templates/print` take them, all words in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from eventsite.checkin.models import Checkpoint
from eventsite.checkin.permissions import CheckinPermission, checkpoint_thing
from eventsite.checkin.queries import list_checkpoints
from eventsite.events.models import Event, Zone
from eventsite.events.queries import list_zones
from eventsite.kernel.tokens import Purpose, seal
from eventsite.market.enums import CATEGORIES
from eventsite.market.models import Booth
from eventsite.market.queries import list_booths
from eventsite.printing.codes import Code
from eventsite.signs.core import Choice, is_chosen
from eventsite.signs.enums import (
    NO_HOLDER,
    PAPER_WORDS,
    SCAN_BOOTH,
    SCAN_STAMP,
    SCAN_ZONE,
    TYPE_ADDRESS,
    Paper,
)
from eventsite.web.access import may
from eventsite.web.language import both
from eventsite.web.links import absolute, short
from eventsite.web.passes import keyring

Both = Mapping[str, str]  # words in both languages


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to print: the record, and the texts that people wrote for it."""

    record: Booth | Zone | Checkpoint
    code: str
    texts: tuple[str, ...]


def list_items(event: Event, choice: Choice) -> list[Item]:
    """Return what the choice prints, in the order in which it comes out."""
    if choice.paper is Paper.ZONE_BOARDS:
        zones = (zone for zone in list_zones(event) if choice.zone in ("", zone.code))
        return [_zone_item(zone) for zone in zones]
    if choice.paper is Paper.CHECKPOINT_CODES:
        points = (point for point in list_checkpoints(event) if choice.zone in ("", point.zone.code))
        return [_item(point, point.zone.code) for point in points if _may_show(point)]
    booths = (booth for booth in list_booths(event, zone=choice.zone) if not booth.is_cancelled)
    return [_item(booth, booth.code) for booth in booths if is_chosen(choice, booth.code)]


def paper_data(event: Event, choice: Choice, items: Sequence[Item]) -> Mapping[str, Any]:
    """Return the data of the choice's template."""
    fair = {"zh": event.market_name_zh, "en": event.market_name_en}
    words = {"booth": both(SCAN_BOOTH), "zone": both(SCAN_ZONE), "typed": both(TYPE_ADDRESS)}
    shared = {"title": _(PAPER_WORDS[choice.paper]), "fair": fair, "words": words}
    if choice.paper is Paper.BOOTH_SIGNS:
        categories = {name: both(label) for name, label in CATEGORIES.items()}
        nobody = both(NO_HOLDER)
        return {**shared, "signs": [_sign(event, item.record, categories, nobody) for item in items]}
    if choice.paper is Paper.ZONE_BOARDS:
        booths = [booth for booth in list_booths(event) if not booth.is_cancelled]
        return {**shared, "boards": [_board(event, item.record, booths) for item in items]}
    scan = both(SCAN_BOOTH) if choice.paper is Paper.BOOTH_CODES else both(SCAN_STAMP)
    return {
        **shared,
        "up": choice.a_page,
        "cards": [_card(event, item.record, scan) for item in items],
    }


def _sign(event: Event, booth: Any, categories: Mapping[str, Both], nobody: Both) -> dict[str, Any]:
    plain = {"zh": booth.category, "en": booth.category}
    return {
        **_named(booth, event),
        "code": booth.code,
        "zone": _mark(booth.zone),
        "holder": _holder(booth, nobody),
        "category": categories.get(booth.category, plain),
    }


def _holder(booth: Any, nobody: Both) -> Both:
    """Return whom a sign names below: the city, else the organizers, unless an exhibitor has the place."""
    city = booth.delegation
    if city:
        return {"zh": city.city_zh, "en": city.city_en}
    return {"zh": "", "en": ""} if booth.shows_exhibitor else nobody


def _board(event: Event, zone: Any, booths: Sequence[Booth]) -> dict[str, Any]:
    own = [booth for booth in booths if booth.zone_id == zone.id]
    return {
        **_named(zone, event),
        **_mark(zone),
        "about": {"zh": zone.description_zh, "en": zone.description_en},
        "booths": [{"code": booth.code, "zh": booth.shown_zh, "en": booth.shown_en} for booth in own],
    }


def _card(event: Event, record: Any, scan: Both) -> dict[str, Any]:
    code = record.code if isinstance(record, Booth) else ""
    return {**_named(record, event), "code": code, "zone": _mark(record.zone), "words": scan}


def _named(record: Any, event: Event) -> dict[str, Any]:
    """Return names, mark of invention, the code, and the address to type below it."""
    address, typed = addresses(event, record)
    return {
        **_names(record),
        "demo": record.source == "demo",
        "drawing": Code(address),
        "address": short(typed),
    }


def _names(record: Any) -> dict[str, str]:
    """Return the name that people read: at a booth, who stands there."""
    if isinstance(record, Booth):
        return {"zh": record.shown_zh, "en": record.shown_en}
    return {"zh": record.name_zh, "en": record.name_en}


def addresses(event: Event, record: Any) -> tuple[str, str]:
    """Return what the code of a record opens, and what people type who cannot scan it."""
    if isinstance(record, Checkpoint):
        token = seal(keyring(), Purpose.CHECKPOINT, record.key)
        return absolute("checkin.show", token=token), absolute("typed.follow", code=record.typed_code)
    endpoint = "market.zone" if isinstance(record, Zone) else "market.booth"
    address = absolute(endpoint, event=event.slug, code=record.code)
    return address, address


def _mark(zone: Zone) -> dict[str, str]:
    return {"code": zone.code, "zh": zone.name_zh, "en": zone.name_en, "color": zone.color}


def _item(record: Booth | Checkpoint, code: str) -> Item:
    zone = record.zone
    texts = (*_names(record).values(), zone.name_zh, zone.name_en)
    return Item(record=record, code=code, texts=texts)


def _zone_item(zone: Zone) -> Item:
    texts = (zone.name_zh, zone.name_en, zone.description_zh, zone.description_en)
    return Item(record=zone, code=zone.code, texts=texts)


def _may_show(checkpoint: Checkpoint) -> bool:
    return may(CheckinPermission.SHOW_CODES, checkpoint_thing(checkpoint))
