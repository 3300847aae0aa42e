"""What a person finds out about one entry of a draw."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.draws.models import Award, Draw
from eventsite.draws.queries.awards import GONE
from eventsite.draws.queries.records import find_weight
from eventsite.kernel.fairdraw.entries import Entry
from eventsite.kernel.fairdraw.numbers import number_of

LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class EntryAnswer:
    """An entry of a frozen draw: its weight (`None`: not on the list), what it won, its number, the cut-off.

    Number and cut-off are those of the draw itself, not of redraws; empty before it is drawn.
    """

    entry: str
    weight: int | None
    award: Award | None = None
    number: str = ""
    cutoff: str = ""


def look_up(draw: Draw, entry: str) -> EntryAnswer:
    """Answer for an entry id as it was typed; an id of another shape is on no list."""
    weight = find_weight(draw, entry) if len(entry) == LENGTH and entry.isascii() else None
    outcome = draw.rounds[0].outcome if draw.rounds else None
    if weight is None or outcome is None:
        return EntryAnswer(entry=entry, weight=weight)
    award = db.session.scalar(
        select(Award)
        .options(joinedload(Award.prize))
        .where(Award.draw_id == draw.id, Award.entry_code == entry, Award.state.not_in(GONE))
    )
    return EntryAnswer(
        entry=entry,
        weight=weight,
        award=award,
        number=number_of(outcome["seed"], Entry(entry, weight)),
        cutoff=outcome["winners"][-1]["number"],
    )
