"""Looking at a ZIP file's directory before anything in it is unpacked."""

import io
import zipfile

from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_

ENCRYPTED = 0x1


class BadArchive(DomainError):
    """The ZIP file is broken, or would unpack to more than it should."""


def check_zip(data: bytes, *, entries: int, megabytes: int) -> list[str]:
    """Return the names in a ZIP file that holds at most so many entries and megabytes when unpacked.

    Nothing is unpacked; `zipfile` stops an entry at the size that the directory declares, so the sum holds
    for what is read later too. Raises `BadArchive`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise BadArchive(N_("This file is damaged or cut short: it cannot be opened.")) from error
    if len(found) > entries or sum(entry.file_size for entry in found) > megabytes * 2**20:
        raise BadArchive(N_("This file would unpack to more than it may. It is not opened."))
    if any(entry.flag_bits & ENCRYPTED for entry in found):
        raise BadArchive(N_("This file is locked with a password. Send it without one."))
    return [entry.filename for entry in found]
