"""Reading the prizes that were won."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.database import db
from eventsite.draws.enums import AwardState
from eventsite.draws.models import Award, Draw, Prize
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_

GONE = (AwardState.ABSENT, AwardState.VOIDED)


@dataclass(frozen=True, kw_only=True)
class TierResult:
    """A prize level of a draw and who holds its pieces, in the order of the slots."""

    prize: Prize
    awards: Sequence[Award]


def list_awards_of(event: Event, pass_id: int) -> Sequence[Award]:
    """Return the prizes that a pass has won and not lost again, newest first."""
    return db.session.scalars(
        select(Award)
        .options(joinedload(Award.prize), joinedload(Award.draw))
        .where(Award.event_id == event.id, Award.pass_id == pass_id, Award.state.not_in(GONE))
        .order_by(Award.won_at.desc(), Award.id)
    ).all()


def list_awards(draw: Draw) -> Sequence[Award]:
    """Return all awards of a draw, slot by slot, those found absent before those who followed them."""
    return db.session.scalars(
        select(Award)
        .options(joinedload(Award.prize), selectinload(Award.hand_overs))
        .where(Award.draw_id == draw.id)
        .order_by(Award.position, Award.id)
        .execution_options(populate_existing=True)
    ).all()


def list_results(draw: Draw) -> list[TierResult]:
    """Return who holds the prizes of a draw, the highest level first."""
    held = [award for award in list_awards(draw) if award.state is not AwardState.ABSENT]
    prizes = list(dict.fromkeys(award.prize for award in held))
    return [
        TierResult(prize=prize, awards=[award for award in held if award.prize is prize]) for prize in prizes
    ]


def find_award_by_key(key: bytes) -> Award | None:
    """Return the award whose `/r/` token has that body."""
    return db.session.scalar(
        select(Award)
        .options(joinedload(Award.prize), joinedload(Award.draw), selectinload(Award.hand_overs))
        .where(Award.key == key)
        .execution_options(populate_existing=True)
    )


def find_award_by_typed_code(code: str) -> Award | None:
    """Return the award whose printed code people type."""
    return db.session.scalar(select(Award).where(Award.typed_code == code))


def get_award(award_id: int) -> Award:
    """Return an award as it is in the database now; raises `NotFound`."""
    award = db.session.get(Award, award_id, populate_existing=True)
    if award is None:
        raise NotFound(N_("There is no such prize."))
    return award
