"""Making the keys, in files outside the database."""

from pathlib import Path

from eventsite.kernel.tokens import Keyring, load_keyring
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.queries import folder_of


def signing_keys(keys_dir: Path, purpose: KeyPurpose) -> Keyring:
    """Return the keys of a purpose, making the first; several processes that start together get the same."""
    return load_keyring(folder_of(keys_dir, purpose))
