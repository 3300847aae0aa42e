"""Reading the public parts of the site's keys."""

from dataclasses import dataclass
from pathlib import Path

from eventsite.kernel.tokens import load_keyring
from eventsite.signing.core import kid, public_key
from eventsite.signing.enums import KeyPurpose


@dataclass(frozen=True, kw_only=True)
class SiteKey:
    """A public key of the site; of each purpose, the current one signs and the others still verify."""

    purpose: KeyPurpose
    public: bytes
    current: bool

    @property
    def kid(self) -> str:
        """Return its lasting name."""
        return kid(self.public)


def folder_of(keys_dir: Path, purpose: KeyPurpose) -> Path:
    """Return where the keys of a purpose lie: `1.key`, `2.key`, …; the highest number signs."""
    return keys_dir / "ed25519" / purpose.value


def list_site_keys(keys_dir: Path) -> list[SiteKey]:
    """Return the public keys that the site has, purpose by purpose, the current one first; makes none."""
    found = []
    for purpose in KeyPurpose:
        if any(folder_of(keys_dir, purpose).glob("*.key")):
            ring = load_keyring(folder_of(keys_dir, purpose))
            found += [
                SiteKey(purpose=purpose, public=public_key(ring.keys[number]), current=number == ring.current)
                for number in sorted(ring.keys, reverse=True)
            ]
    return found
