"""Secrets kept in files outside the database, made once even when several processes start together."""

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
