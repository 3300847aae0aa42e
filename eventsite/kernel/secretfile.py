"""Files that only their owner reads, made once even when several processes start together."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(path: Path, size: int = 32) -> bytes:
    """Return the secret in `path`, made (mode 600) where it is missing; the second comer reads the first."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        Path(name).unlink()
    return path.read_bytes()


def make_private(path: Path) -> None:
    """Make an empty file (mode 600) where there is none; what SQLite writes beside it takes its mode.

    A folder that takes no file is left to whoever opens the file next, and says what is wrong.
    """
    if not path.exists() and os.access(path.parent, os.W_OK):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
