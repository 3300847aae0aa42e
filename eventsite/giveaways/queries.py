"""Reading giveaways and rewards."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.giveaways.models import Giveaway, Reward
from eventsite.market.models import Booth


def list_giveaways(event: Event, *, zone: str = "", booth: str = "") -> Sequence[Giveaway]:
    """Return what is handed out, by zone, with the timed releases; of one zone or booth alone, by code."""
    wanted = select(Giveaway).join(Giveaway.booth)
    for column, code in ((Zone.code, zone), (Booth.code, booth)):
        if code:
            wanted = wanted.where(column == code)
    return db.session.scalars(
        wanted.join(Giveaway.zone)
        .options(contains_eager(Giveaway.zone), contains_eager(Giveaway.booth), selectinload(Giveaway.slots))
        .where(Giveaway.event_id == event.id)
        .order_by(Zone.order, Giveaway.position, Giveaway.id)
    ).all()


def list_rewards(event: Event) -> Sequence[Reward]:
    """Return the rewards for stamps, the smallest number of stamps first."""
    return db.session.scalars(
        select(Reward)
        .options(joinedload(Reward.giveaway).joinedload(Giveaway.booth))
        .where(Reward.event_id == event.id)
        .order_by(Reward.stamps_required, Reward.position, Reward.id)
    ).all()
