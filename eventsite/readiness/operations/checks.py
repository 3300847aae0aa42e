"""Ticks and photos at a booth."""

from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.operations import keep_file
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.market.queries import get_booth_to_write
from eventsite.readiness.enums import CheckKind, Moment
from eventsite.readiness.models import BoothCheck, SetupPhoto
from eventsite.readiness.queries import find_check, list_photos

MOST_PHOTOS = 6
TICKED = N_("Somebody else ticked this at the same time.")


def tick(
    actor: Actor, event: Event, code: str, kind: CheckKind, *, counted: int | None = None, now: datetime
) -> BoothCheck:
    """Tick that something is in at a booth; who ticks second gets the first tick.

    Giveaways are counted: raises `Conflict` on `counted` where no number is given.
    """
    if kind is CheckKind.GIFTS and counted is None:
        raise Conflict(N_("Say how many giveaways are there."), field="counted")
    with atomic():
        booth = get_booth_to_write(event, code)
        first = find_check(booth, kind)
        if first is not None:
            return first
        check = BoothCheck(
            event_id=event.id,
            booth=booth,
            kind=kind,
            counted=counted if kind is CheckKind.GIFTS else None,
            at=now,
            by=actor.ref,
            by_label=actor.label,
        )
        with attempt({"uq_booth_check_booth_id_kind": Conflict(TICKED)}) as session:
            session.add(check)
        after = {"check": kind.value} | ({"counted": counted} if check.counted is not None else {})
        record(actor, "tick", f"booth:{booth.id}", event_id=event.id, after=after)
    return check


def untick(actor: Actor, event: Event, code: str, kind: CheckKind) -> None:
    """Take a tick back; without one nothing happens. Both stay in the log."""
    with atomic() as session:
        booth = get_booth_to_write(event, code)
        check = find_check(booth, kind)
        if check is None:
            return
        before = {"check": kind.value} | ({"counted": check.counted} if check.counted is not None else {})
        session.delete(check)
        record(actor, "untick", f"booth:{booth.id}", event_id=event.id, before=before)


def take_photo(
    actor: Actor, event: Event, code: str, moment: Moment, upload: Upload, *, now: datetime
) -> SetupPhoto:
    """Keep a photo of a booth: the first of a moment is its check-in or its check-out.

    Raises `Conflict` where there are many already.
    """
    with atomic():
        booth = get_booth_to_write(event, code)
        before = [photo for photo in list_photos(booth) if photo.moment is moment]
        if len(before) >= MOST_PHOTOS:
            raise Conflict(N_("There are %(number)s photos already."), field="photo", number=len(before))
        photo = SetupPhoto(
            event_id=event.id,
            booth=booth,
            moment=moment,
            file=keep_file(actor, event, upload),
            at=now,
            by=actor.ref,
            by_label=actor.label,
        )
        with attempt() as session:
            session.add(photo)
        verb = "add photo" if before else "check in" if moment is Moment.SETUP else "check out"
        record(actor, verb, f"booth:{booth.id}", event_id=event.id, moment=moment.value)
    return photo
