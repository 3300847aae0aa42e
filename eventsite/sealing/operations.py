"""Making the keys, in files outside the database."""

from pathlib import Path

from eventsite.kernel.secretfile import kept_secret
from eventsite.kernel.tokens import load_keyring
from eventsite.sealing.core import Sealer


def load_sealer(keys_dir: Path) -> Sealer:
    """Return the site's sealer, making its keys where they are missing; the highest number seals.

    Whoever loses `sealing/` loses what is sealed: it belongs to the backups of the keys.
    """
    folder = keys_dir / "sealing"
    return Sealer(keys=load_keyring(folder), marking=kept_secret(folder / "marks"))
