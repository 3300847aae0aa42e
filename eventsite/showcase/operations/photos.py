"""Photos of booths, cities and inheritors: with credit and consent, or not at all."""

from dataclasses import asdict

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt, db
from eventsite.events.models import Delegation, Event
from eventsite.files.core import Upload
from eventsite.files.operations import forget_file, keep_file
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.market.models import Booth
from eventsite.showcase.core import PhotoFacts
from eventsite.showcase.models import Inheritor, ShowcasePhoto
from eventsite.showcase.queries import get_entry_to_write

Subject = Booth | Delegation | Inheritor


def add_photo(
    actor: Actor,
    event: Event,
    subject: Subject,
    upload: Upload,
    facts: PhotoFacts,
    *,
    source: str = "article",
) -> ShowcasePhoto:
    """Show a photo that was read before (`read_upload`) at a booth, a city or an inheritor."""
    with atomic():
        stored = keep_file(actor, event, upload)
        photo = ShowcasePhoto(event_id=event.id, file_id=stored.id, source=source, **vars(facts))
        setattr(photo, _column(subject), subject.id)
        with attempt() as session:
            session.add(photo)
        thing = f"showcase_photo:{photo.id}"
        record(actor, "create", thing, event_id=event.id, after=asdict(facts), file=stored.sha256)
    return photo


def edit_photo(
    actor: Actor, event: Event, photo_id: int, facts: PhotoFacts, *, version: int
) -> ShowcasePhoto:
    """Change what is said of a photo read at `version`; raises `StaleEdit` if somebody saved since."""
    with atomic():
        photo = get_entry_to_write(ShowcasePhoto, event, photo_id)
        before = photo.facts
        if facts == before:
            return photo
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(photo.version, version, theirs=old, mine=new)
        with attempt():
            for name, value in vars(facts).items():
                setattr(photo, name, value)
        record(actor, "edit", f"showcase_photo:{photo.id}", event_id=event.id, before=old, after=new)
    return photo


def remove_photo(actor: Actor, event: Event, photo_id: int, *, version: int) -> None:
    """Remove a photo and let its file go; raises `StaleEdit` if somebody saved since `version`."""
    with atomic():
        photo = get_entry_to_write(ShowcasePhoto, event, photo_id)
        refuse_stale(photo.version, version, theirs={}, mine={})
        _remove(actor, photo)


def remove_portraits(actor: Actor, event: Event, inheritor_id: int) -> None:
    """Remove the photos of a heritage holder, within the operation that removes them."""
    own = select(ShowcasePhoto).where(
        ShowcasePhoto.event_id == event.id, ShowcasePhoto.inheritor_id == inheritor_id
    )
    with atomic():
        for photo in db.session.scalars(own.order_by(ShowcasePhoto.id)).all():
            _remove(actor, photo)


def _remove(actor: Actor, photo: ShowcasePhoto) -> None:
    thing, told, stored = f"showcase_photo:{photo.id}", asdict(photo.facts), photo.file
    with attempt() as session:
        session.delete(photo)
    record(actor, "remove", thing, event_id=photo.event_id, before=told)
    forget_file(actor, stored)


def _column(subject: Subject) -> str:
    if isinstance(subject, Booth):
        return "booth_id"
    return "delegation_id" if isinstance(subject, Delegation) else "inheritor_id"
