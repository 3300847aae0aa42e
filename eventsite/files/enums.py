"""What kinds of files the site takes, and what the history says of them."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class FileKind(Enum):
    """What a file is for; it decides what is taken and what becomes of it."""

    PHOTO = "photo"
    DOCUMENT = "document"


KIND_WORDS: Mapping[FileKind, str] = {FileKind.PHOTO: N_("Photo"), FileKind.DOCUMENT: N_("Document")}
"""The kinds in words."""

ACTS: Mapping[str, Mapping[str, str]] = {
    "stored_file": {"keep": N_("uploaded the file"), "forget": N_("removed the file")},
}
"""What the history says, by kind of thing and verb."""
