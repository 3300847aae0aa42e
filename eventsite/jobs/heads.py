"""Audit heads: the last knot of the log as a signed note in a file, so that a cut tail shows.

The note has the shape of a C2SP checkpoint: origin, number of knots, hash of the last knot, and as an
extension line its instant. Whoever keeps a copy elsewhere can prove later that the log was longer.
"""

import base64
import os
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eventsite.audit.core import TiedKnot
from eventsite.kernel.tokens import Keyring
from eventsite.signing.core import open_note, sign_note


@dataclass(frozen=True, kw_only=True)
class HeadFile:
    """A file of the heads' folder; `knot` is None where no key of the site has signed it."""

    path: Path
    knot: TiedKnot | None


def origin_of(base_url: str) -> str:
    """Return the name under which a site signs its heads."""
    return f"{base_url.split('://', 1)[-1]}/audit"


def write_head(folder: Path, knot: TiedKnot, *, origin: str, keyring: Keyring) -> Path:
    """Write a knot's head unless it is there; a file that is there is never changed."""
    path = folder / f"{knot.n:07}-{knot.hash[:12]}.txt"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(path, sign_note(_text(knot, origin), origin, keyring.keys[keyring.current]))
    return path


def read_heads(folder: Path, keys: Collection[bytes]) -> Iterator[HeadFile]:
    """Yield the heads of a folder in the order of their names; `keys` are the site's public ones."""
    for path in sorted(folder.glob("*.txt")):
        text = open_note(path.read_text("utf-8", errors="replace"), keys)
        yield HeadFile(path=path, knot=_knot(text) if text else None)


def _text(knot: TiedKnot, origin: str) -> str:
    root = base64.b64encode(bytes.fromhex(knot.hash)).decode()
    return f"{origin}\n{knot.n}\n{root}\n{knot.at.isoformat()}\n"


def _knot(text: str) -> TiedKnot:
    _origin, number, root, at = text.splitlines()
    return TiedKnot(n=int(number), at=datetime.fromisoformat(at), hash=base64.b64decode(root).hex())


def _put(path: Path, text: str) -> None:
    """Write a file that is either there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
