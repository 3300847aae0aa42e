"""Reading notices, answers, posts, tickets and footfall."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.helpdesk.core import Footfall, ZoneLoad, light_of
from eventsite.helpdesk.models import Announcement, Faq, Observation, Post, Ticket


def list_notices(event: Event, now: datetime) -> Sequence[Announcement]:
    """Return the notices that are out by now, the newest first."""
    return db.session.scalars(
        select(Announcement)
        .options(joinedload(Announcement.zone))
        .where(Announcement.event_id == event.id, Announcement.published_at <= now)
        .order_by(Announcement.published_at.desc(), Announcement.id.desc())
    ).all()


def list_all_notices(event: Event) -> Sequence[Announcement]:
    """Return all notices, those that are not out yet included, the newest first."""
    return db.session.scalars(
        select(Announcement)
        .options(joinedload(Announcement.zone))
        .where(Announcement.event_id == event.id)
        .order_by(Announcement.published_at.desc(), Announcement.id.desc())
    ).all()


def list_faq(event: Event) -> Sequence[Faq]:
    """Return the frequent questions in the order of the file."""
    return db.session.scalars(
        select(Faq).where(Faq.event_id == event.id).order_by(Faq.position, Faq.id)
    ).all()


def list_posts(event: Event) -> Sequence[Post]:
    """Return the posts in the order of the file."""
    return db.session.scalars(
        select(Post)
        .options(joinedload(Post.zone))
        .where(Post.event_id == event.id)
        .order_by(Post.position, Post.id)
    ).all()


def list_tickets(event: Event) -> Sequence[Ticket]:
    """Return all tickets, the newest first."""
    return db.session.scalars(
        select(Ticket)
        .options(joinedload(Ticket.zone), joinedload(Ticket.post))
        .where(Ticket.event_id == event.id)
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
    ).all()


def list_open_tickets(event: Event, now: datetime) -> Sequence[Ticket]:
    """Return the tickets opened by now and not settled, the oldest first."""
    return db.session.scalars(
        select(Ticket)
        .options(joinedload(Ticket.zone), joinedload(Ticket.post))
        .where(Ticket.event_id == event.id, Ticket.opened_at <= now)
        .where((Ticket.resolved_at.is_(None)) | (Ticket.resolved_at > now))
        .order_by(Ticket.opened_at, Ticket.id)
    ).all()


def list_observations(event: Event) -> Sequence[Observation]:
    """Return the footfall counts, the latest first."""
    return db.session.scalars(
        select(Observation)
        .where(Observation.event_id == event.id)
        .order_by(Observation.date.desc(), Observation.time.desc())
    ).all()


def find_last_observation(event: Event, now: datetime) -> Observation | None:
    """Return the latest footfall count taken by now."""
    local = now.astimezone(event.zone)
    earlier = Observation.date < local.date()
    today = and_(Observation.date == local.date(), Observation.time <= local.time())
    return db.session.scalar(
        select(Observation)
        .where(Observation.event_id == event.id, or_(earlier, today))
        .order_by(Observation.date.desc(), Observation.time.desc())
        .limit(1)
    )


def find_footfall(event: Event, now: datetime) -> Footfall | None:
    """Return how full the zones were at the latest count, `None` before the first."""
    count = find_last_observation(event, now)
    if count is None:
        return None
    return Footfall(
        at=datetime.combine(count.date, count.time, event.zone),
        zones=tuple(
            ZoneLoad(
                code=zone.code,
                name_zh=zone.name_zh,
                name_en=zone.name_en,
                people=(people := int(count.by_zone[zone.ref])),
                capacity=zone.capacity,
                light=light_of(people, zone.capacity, zone.crowd_levels),
            )
            for zone in list_zones(event)
            if zone.ref in count.by_zone
        ),
    )
