"""Telling visitors something: a notice, out at once."""

from datetime import datetime

from sqlalchemy import func, select

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.helpdesk.models import Announcement
from eventsite.kernel.tokens import typed_code


def publish_notice(
    actor: Actor, event: Event, *, level: str, title_zh: str, title_en: str, body_zh: str = "", now: datetime
) -> Announcement:
    """Publish a notice for the whole fair, last in the event file; nested, as part of what runs."""
    with atomic() as session:
        last = session.scalar(
            select(func.coalesce(func.max(Announcement.position), -1)).where(
                Announcement.event_id == event.id
            )
        )
        words = {"level": level, "title_zh": title_zh, "title_en": title_en, "body_zh": body_zh}
        notice = Announcement(
            event_id=event.id,
            ref=f"nt-{typed_code().lower()}",
            position=(last if last is not None else -1) + 1,
            source="article",
            published_at=now.replace(microsecond=0),
            **words,
        )
        session.add(notice)
        session.flush()
        record(actor, "publish", f"announcement:{notice.id}", event_id=event.id, after=words)
        return notice
