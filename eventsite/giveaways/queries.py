"""Reading giveaways and rewards."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventsite.database import db
from eventsite.events.models import Event, Zone
from eventsite.giveaways.models import Giveaway, Reward


def list_giveaways(event: Event) -> Sequence[Giveaway]:
    """Return what is handed out, by zone, with the timed releases."""
    return db.session.scalars(
        select(Giveaway)
        .join(Giveaway.zone)
        .options(contains_eager(Giveaway.zone), joinedload(Giveaway.booth), selectinload(Giveaway.slots))
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
