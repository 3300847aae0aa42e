"""The table of files that events keep; their bytes lie in the store under their hash."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import EventOwned, Model, UTCDateTime, enum_column
from eventsite.files.enums import FileKind


class StoredFile(EventOwned, Model):
    """A file of an event. Equal bytes lie in the store once, however many rows name them.

    `small_sha256` is a picture's thumbnail; width and height are the large one's, in pixels.
    """

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FileKind] = enum_column(FileKind, FileKind.DOCUMENT)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    width: Mapped[int | None]
    height: Mapped[int | None]
    small_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def hashes(self) -> tuple[str, ...]:
        """Return under which hashes its bytes lie."""
        return (self.sha256, self.small_sha256) if self.small_sha256 else (self.sha256,)

    def __repr__(self) -> str:
        return f"<StoredFile {self.sha256[:12]} {self.name}>"
