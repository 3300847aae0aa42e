"""Making files the event's, letting them go, and sweeping what nobody names."""

from datetime import datetime, timedelta

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt, unit
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.models import StoredFile
from eventsite.files.queries import named_hashes
from eventsite.files.store import files_folder, spare, sweep
from eventsite.kernel import clock

UNTOUCHED = timedelta(days=1)


def keep_file(actor: Actor, event: Event, upload: Upload) -> StoredFile:
    """Make an upload the event's; its bytes lie in the store already, so no row is ever without its file."""
    with atomic():
        stored = StoredFile(
            event_id=event.id,
            kind=upload.kind,
            sha256=upload.sha256,
            size=upload.size,
            media_type=upload.media_type,
            name=upload.name,
            width=upload.width,
            height=upload.height,
            small_sha256=upload.small_sha256,
            kept_at=clock.now(),
        )
        with attempt() as session:
            session.add(stored)
        record(
            actor,
            "keep",
            f"stored_file:{stored.id}",
            event_id=event.id,
            name=upload.name,
            kind=upload.kind.value,
            sha256=upload.sha256,
        )
    return stored


def forget_file(actor: Actor, stored: StoredFile) -> None:
    """Let a file go, within the operation that removes what showed it; its bytes are swept a day later."""
    with atomic() as session:
        thing, hashes, folder = f"stored_file:{stored.id}", stored.hashes, files_folder()
        session.delete(stored)
        record(actor, "forget", thing, event_id=stored.event_id, name=stored.name, sha256=stored.sha256)
        unit().after.append(lambda: spare(folder, hashes))


def sweep_files(now: datetime) -> list[str]:
    """Remove the bytes that no row names and nobody has touched for a day; `now` is the machine's."""
    folder = files_folder()
    return sweep(folder, named_hashes(), untouched_since=(now - UNTOUCHED).timestamp())
