"""Reading what was sent, and what was kept. Every lookup goes through its event."""

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.files.core import JPEG, MOST_BYTES, PDF, Upload, check_outside, safe_name, unpack_picture
from eventsite.files.enums import FileKind
from eventsite.files.models import StoredFile
from eventsite.files.store import check_room, files_folder, lay_down, take_up
from eventsite.kernel.confined import confined
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_

PHOTOS, DOCUMENTS = "eventsite.files.core.photos:renew", "eventsite.files.core.documents:inspect"
SECONDS = 20.0
PHOTO_MEGABYTES, DOCUMENT_MEGABYTES = 768, 384  # of memory, for a picture of 50 million pixels


def is_sent(file: FileStorage | None) -> bool:
    """Tell whether a form brought a file at all: browsers send an empty one where none was chosen."""
    return file is not None and bool(file.filename)


def read_upload(file: FileStorage, *, kind: FileKind) -> Upload:
    """Check a file that was sent, by really reading it, and lay its bytes down under their hash.

    Call it before `atomic()`: it may take seconds. `keep_file` makes the upload the event's; the bytes of one
    that is never kept are swept after a day. So a crash leaves at most bytes without a row.
    Raises `Unreadable`, `Refused`, `Overrun`, `Crashed` or `NoRoom` with why not, and `Busy` where too many
    are read.
    """
    data = file.stream.read(MOST_BYTES[kind] + 1)
    return read_bytes(data, name=file.filename or "", kind=kind)


def read_bytes(data: bytes, *, name: str, kind: FileKind) -> Upload:
    """Do what `read_upload` does with bytes."""
    media_type = check_outside(data, kind)
    folder = files_folder()
    check_room(folder)
    if media_type == PDF:
        confined(DOCUMENTS, data, seconds=SECONDS, megabytes=DOCUMENT_MEGABYTES)
        return Upload(
            kind=kind,
            name=safe_name(name, PDF),
            media_type=PDF,
            sha256=lay_down(folder, data),
            size=len(data),
        )
    picture = unpack_picture(confined(PHOTOS, data, seconds=SECONDS, megabytes=PHOTO_MEGABYTES))
    return Upload(
        kind=kind,
        name=safe_name(name, JPEG),
        media_type=JPEG,
        sha256=lay_down(folder, picture.large),
        size=len(picture.large),
        width=picture.width,
        height=picture.height,
        small_sha256=lay_down(folder, picture.small),
    )


def find_file(event: Event, file_id: int) -> StoredFile | None:
    """Return the event's file with that id, if it has one."""
    return db.session.scalar(
        select(StoredFile).where(StoredFile.event_id == event.id, StoredFile.id == file_id)
    )


def get_file(event: Event, file_id: int) -> StoredFile:
    """Return the event's file with that id; raises `NotFound`."""
    found = find_file(event, file_id)
    if found is None:
        raise NotFound(N_("There is no such file."))
    return found


def open_file(stored: StoredFile, *, small: bool = False) -> bytes:
    """Return a file's bytes, or its thumbnail's; raises `FileGone` where the disk lost or changed them."""
    return take_up(files_folder(), (stored.small_sha256 if small else None) or stored.sha256)


def named_hashes() -> set[str]:
    """Return the hashes that rows of any event name."""
    rows = db.session.execute(select(StoredFile.sha256, StoredFile.small_sha256))
    return {sha256 for row in rows for sha256 in row if sha256}
