"""Making the bundle of a release: every format, the manifest, its signature."""

from dataclasses import dataclass, field
from pathlib import Path

from eventsite.events.models import Event
from eventsite.exports.core.values import Links
from eventsite.exports.formats import FORMATS
from eventsite.exports.queries import take_snapshot
from eventsite.kernel.errors import DomainError
from eventsite.kernel.tokens import Keyring
from eventsite.kernel.words import N_
from eventsite.partners.core.bundle import (
    MANIFEST,
    SIGNATURE,
    Edition,
    Entry,
    write_manifest,
    zip_entries,
)
from eventsite.programme.core.changes import compare, write_changes
from eventsite.programme.queries import get_release
from eventsite.signing.core import kid, public_key, sign_bytes
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.operations import signing_keys

JSON, RAW = "application/json", "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class Seal:
    """By which keys a bundle is signed, and for which site."""

    site: str
    keyring: Keyring = field(repr=False)

    @property
    def seed(self) -> bytes:
        """Return the private key that signs now."""
        return self.keyring.keys[self.keyring.current]

    @property
    def kid(self) -> str:
        """Return the lasting name of the key that signs now."""
        return kid(public_key(self.seed))


def bundle_seal(keys_dir: Path, site: str) -> Seal:
    """Return what bundles are signed with, making the first key."""
    return Seal(site=site, keyring=signing_keys(keys_dir, KeyPurpose.PARTNER_BUNDLE))


def build_bundle(
    event: Event, number: int, *, since: int | None, language: str, links: Links, seal: Seal
) -> bytes:
    """Return the bundle of a release: the same arguments give the same bytes.

    Raises `NotFound`, and `DomainError` for a `since` that came after it, before any file is written.
    """
    view = get_release(event, number)
    changes = _changes(event, number, since)
    snapshot = take_snapshot(view, links, alone=True)
    entries = [
        Entry(name=f"programme.{name}", mimetype=form.mimetype, data=form.write(snapshot, language))
        for name, form in sorted(FORMATS.items())
    ]
    edition = Edition(
        site=seal.site,
        event=event.slug,
        language=language,
        number=view.number,
        released_at=view.released_at,
        note=view.note,
        sha256=view.sha256,
        since=since,
        changes=changes,
        kid=seal.kid,
    )
    manifest = write_manifest(edition, entries)
    head = [
        Entry(name=MANIFEST, mimetype=JSON, data=manifest),
        Entry(name=SIGNATURE, mimetype=RAW, data=sign_bytes(manifest, seal.seed)),
    ]
    return zip_entries([*head, *entries], view.released_at)


def _changes(event: Event, number: int, since: int | None) -> list[dict[str, object]]:
    if since is None:
        return []
    if since > number:
        raise DomainError(N_("Version %(since)s came after version %(number)s."), since=since, number=number)
    return write_changes(compare(get_release(event, since).programme, get_release(event, number).programme))
