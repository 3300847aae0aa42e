"""Writing on a booth who stands there."""

from collections.abc import Mapping

from sqlalchemy import or_, select, update

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.market.models import Booth

Names = tuple[str, str]  # in Chinese and in English
NOBODY: Names = ("", "")


def name_exhibitor(actor: Actor, booth: Booth, names: Names) -> None:
    """Let a booth say who stands there, `NOBODY` for none; what it says already changes nothing.

    The booth's version stays, so that nobody who has its form open is sent back.
    """
    before = (booth.exhibitor_zh, booth.exhibitor_en)
    if before == names:
        return
    with atomic():
        _write(booth.id, names)
        record(
            actor,
            "name exhibitor",
            f"booth:{booth.id}",
            event_id=booth.event_id,
            before=dict(zip(("exhibitor_zh", "exhibitor_en"), before, strict=True)),
            after=dict(zip(("exhibitor_zh", "exhibitor_en"), names, strict=True)),
        )


def follow_exhibitors(event: Event, names: Mapping[int, Names]) -> None:
    """Bring all booths of an event to who stands there (names by the booths' keys), as its file says."""
    with atomic() as session:
        said = or_(Booth.id.in_(names), Booth.exhibitor_zh != "", Booth.exhibitor_en != "")
        own = select(Booth).where(Booth.event_id == event.id, said).order_by(Booth.id)
        for booth in session.scalars(own):
            wanted = names.get(booth.id, NOBODY)
            if wanted != (booth.exhibitor_zh, booth.exhibitor_en):
                _write(booth.id, wanted)


def _write(booth_id: int, names: Names) -> None:
    with atomic() as session:
        session.execute(
            update(Booth).where(Booth.id == booth_id).values(exhibitor_zh=names[0], exhibitor_en=names[1])
        )
