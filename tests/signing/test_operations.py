"""Keys in files: made once, listed with the current one first, never made by reading."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from eventsite.kernel.secretfile import kept_secret
from eventsite.signing.core import public_key
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.operations import signing_keys
from eventsite.signing.queries import folder_of, list_site_keys

HEAD = KeyPurpose.AUDIT_HEAD


def test_reading_makes_no_key(tmp_path: Path) -> None:
    assert list_site_keys(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_many_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: signing_keys(tmp_path, HEAD), range(16)))
    assert len({ring.keys[ring.current] for ring in rings}) == 1
    (file,) = folder_of(tmp_path, HEAD).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_older_keys_stay_listed_behind_the_one_that_signs(tmp_path: Path) -> None:
    first = signing_keys(tmp_path, HEAD)
    kept_secret(folder_of(tmp_path, HEAD) / "2.key")
    second = signing_keys(tmp_path, HEAD)
    assert second.current == 2
    told = [(key.public, key.current) for key in list_site_keys(tmp_path)]
    assert told == [(public_key(second.keys[2]), True), (public_key(first.keys[1]), False)]
