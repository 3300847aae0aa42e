"""Reading the terms of a draw: as written so far, else as the event's own records propose them."""

from datetime import datetime, time

from eventsite.draws.core.sharing import share
from eventsite.draws.core.terms import PrizePlan, Terms, unpack
from eventsite.draws.enums import WeightPer
from eventsite.draws.models import Draw, Prize
from eventsite.events.models import Event
from eventsite.events.queries import list_organizations
from eventsite.kernel.fairdraw.rules import HIGHEST_WEIGHT

ORGANIZER = "organizer"


def terms_of(event: Event, draw: Draw) -> Terms:
    """Return the terms of a draw whose rules are not published: as saved, else as proposed.

    Who may take part and how prizes are claimed stand in no record of the event: they are left for people to
    write.
    """
    if draw.terms is not None:
        return unpack(draw.terms)
    raffle = draw.raffle
    drawn_at = draw.planned_at.astimezone(event.zone) if draw.planned_at else None
    most = min(raffle.max_entries_per_visitor, HIGHEST_WEIGHT)
    return Terms(
        how=raffle.entry_zh,
        draw_at=drawn_at,
        method=raffle.draw_method_zh,
        claim_place=raffle.claim_place_zh,
        claim_until=_deadline(raffle.claim_deadline, drawn_at),
        forfeiture=raffle.forfeit_zh,
        organizer="、".join(one.name_zh for one in list_organizations(event) if ORGANIZER in one.roles),
        contact=raffle.organizer_contact_zh,
        weight_per=WeightPer.STAMP if most > 1 else WeightPer.PERSON,
        max_weight=most,
        keep_years=raffle.draw_record_keep_years,
        stamps_required=raffle.stamps_required,
        prizes=prize_plan(draw),
    )


def prize_plan(draw: Draw) -> tuple[PrizePlan, ...]:
    """Return the prizes of a draw as the raffle's prizes split over its draws, in order."""
    return tuple(
        PrizePlan(
            code=prize.ref,
            level=prize.level_zh,
            name=prize.name_zh,
            count=count,
            value_cny=prize.unit_value_cny,
        )
        for prize, count in shared_prizes(draw)
    )


def shared_prizes(draw: Draw) -> list[tuple[Prize, int]]:
    """Return the raffle's prizes with the number of pieces that fall to the draw."""
    raffle = draw.raffle
    return [(prize, share(prize.quantity, len(raffle.draws), draw.number - 1)) for prize in raffle.prizes]


def planned_prizes(event: Event, draw: Draw) -> list[tuple[Prize, int]]:
    """Return the raffle's prizes with the number of pieces that the draw's terms have so far."""
    counts = {plan.code: plan.count for plan in terms_of(event, draw).prizes}
    return [(prize, counts.get(prize.ref, 0)) for prize in draw.raffle.prizes]


def _deadline(words: str, drawn_at: datetime | None) -> datetime | None:
    """Return the claim deadline `HH:MM` on the day of the draw, `None` where the words say it otherwise."""
    try:
        at = time.fromisoformat(words)
    except ValueError:
        return None
    return datetime.combine(drawn_at.date(), at, drawn_at.tzinfo) if drawn_at else None
