"""The terms of a draw: what has to be public beforehand, and the rules that they become.

The required fields are those of article 13 of the interim provisions on promotions (SAMR order 32 of 2020);
the cap on a prize is that of the anti-unfair-competition law for prizes that are drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from eventsite.draws.enums import WeightPer
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_

DEAREST_PRIZE_CNY = 50_000
STAGE = {"kind": "stage"}

REQUIRED: Mapping[str, str] = {
    "title": N_("name of the draw"),
    "who": N_("who may take part"),
    "how": N_("how one takes part"),
    "draw_at": N_("time of the draw"),
    "method": N_("how winners are drawn"),
    "claim_place": N_("where prizes are claimed"),
    "claim_until": N_("until when prizes are claimed"),
    "claim_method": N_("how prizes are claimed"),
    "forfeiture": N_("what happens to prizes that are not claimed"),
    "organizer": N_("who organizes it"),
    "contact": N_("contact"),
    "prizes": N_("prizes"),
}
"""The fields that the law asks for, by name, in words."""


@dataclass(frozen=True, kw_only=True)
class PrizePlan:
    """A prize level in one draw, and how many pieces of it."""

    code: str
    level: str
    name: str
    count: int
    value_cny: float


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an organizer writes for one draw; an empty text or `None` is a field not yet given."""

    title: str = ""
    who: str = ""
    how: str = ""
    draw_at: datetime | None = None
    method: str = ""
    claim_place: str = ""
    claim_until: datetime | None = None
    claim_method: str = ""
    forfeiture: str = ""
    organizer: str = ""
    contact: str = ""
    weight_per: WeightPer = WeightPer.PERSON
    max_weight: int = 1
    keep_years: int = 2
    stamps_required: int = 1
    prizes: tuple[PrizePlan, ...] = ()


class TermsFault(DomainError):
    """The terms cannot become rules; `missing` names the fields that are not given."""

    def __init__(self, message: str, *, missing: Sequence[str] = (), **params: Any) -> None:
        super().__init__(message, **params)
        self.missing = tuple(missing)


def check_terms(terms: Terms) -> None:
    """Raise `TermsFault` naming every missing field, or what the law or the calendar forbids."""
    missing = [name for name in REQUIRED if not _given(terms, name)]
    if missing:
        words = ", ".join(REQUIRED[name] for name in missing)
        raise TermsFault(N_("The rules lack: %(fields)s."), missing=missing, fields=words)
    dearest = max(prize.value_cny for prize in terms.prizes)
    if dearest > DEAREST_PRIZE_CNY:
        raise TermsFault(
            N_("A prize is worth %(value)d yuan; the law allows %(most)d for a prize that is drawn."),
            field="prizes",
            value=int(dearest),
            most=DEAREST_PRIZE_CNY,
        )
    if terms.draw_at and terms.claim_until and terms.claim_until <= terms.draw_at:
        raise TermsFault(N_("Prizes can be claimed only after the draw."), field="claim_until")


def rules_of(terms: Terms, *, event: str, draw: str) -> dict[str, Any]:
    """Return the rules as they are hashed and published; raises `TermsFault` for terms that cannot be."""
    check_terms(terms)
    return {
        "event": event,
        "draw": draw,
        "title": terms.title,
        "who": terms.who,
        "how": terms.how,
        "draw_at": _instant(terms.draw_at),
        "method": terms.method,
        "claim": {
            "place": terms.claim_place,
            "until": _instant(terms.claim_until),
            "method": terms.claim_method,
        },
        "forfeiture": terms.forfeiture,
        "organizer": terms.organizer,
        "contact": terms.contact,
        "number_of_prizes": sum(prize.count for prize in terms.prizes),
        "weight_per": terms.weight_per.value,
        "max_weight": terms.max_weight if terms.weight_per is WeightPer.STAMP else 1,
        "stamps_required": terms.stamps_required,
        "left_out": ["staff", "organizers", "winners of earlier draws of this raffle"],
        "tiers": [
            {
                "code": prize.code,
                "name": prize.level,
                "prize": prize.name,
                "count": prize.count,
                "value_cny": _money(prize.value_cny),
            }
            for prize in terms.prizes
            if prize.count
        ],
        "sources": [STAGE],
        "redraws": "absent winners' prizes, with fresh digits each time; all other winners stay",
        "keep_years": terms.keep_years,
    }


def pack(terms: Terms) -> dict[str, Any]:
    """Return terms as JSON can hold them."""
    return asdict(terms) | {
        "draw_at": _instant(terms.draw_at),
        "claim_until": _instant(terms.claim_until),
        "weight_per": terms.weight_per.value,
        "prizes": [asdict(prize) for prize in terms.prizes],
    }


def unpack(stored: Mapping[str, Any]) -> Terms:
    """Return the terms that `pack` stored."""
    known = {field.name for field in fields(Terms)}
    plain = {name: value for name, value in stored.items() if name in known}
    return Terms(
        **plain
        | {
            "draw_at": _read(stored["draw_at"]),
            "claim_until": _read(stored["claim_until"]),
            "weight_per": WeightPer(stored["weight_per"]),
            "prizes": tuple(PrizePlan(**prize) for prize in stored["prizes"]),
        }
    )


def _given(terms: Terms, name: str) -> bool:
    if name == "prizes":
        return any(prize.count for prize in terms.prizes)
    return bool(getattr(terms, name))


def _instant(value: datetime | None) -> str | None:
    return value.isoformat(timespec="minutes") if value else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _money(value: float) -> int | str:
    """Return yuan as the rules hold them: whole ones as a number, others as text; rules hold no fractions."""
    return int(value) if value == int(value) else f"{value:.2f}"
