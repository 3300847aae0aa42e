"""Tokens: shown once, kept as a keyed hash, revoked at once, each act with its line in the log."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from eventsite.audit.queries import history_of
from eventsite.database import db
from eventsite.kernel.errors import Conflict, DomainError, NotFound
from eventsite.kernel.tokens import Purpose, new_body, seal
from eventsite.partners.core.tokens import Holder
from eventsite.partners.models import PartnerToken
from eventsite.partners.operations import Take, key_of, note_taking, revoke_token
from eventsite.partners.operations.tokens import MOST_TOKENS
from eventsite.partners.queries import find_holder, last_bundle, list_partner_rows, list_takings
from eventsite.sealing.core import Sealer
from tests.support.factories import NOW, make_event, make_item, make_organization
from tests.support.factories_partners import SITE, make_token, the_sealer
from tests.support.factories_programme import make_release

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def holder_of(token: str, now: object = NOW) -> Holder | None:
    key = key_of(current_app.extensions["keyring"], the_sealer(), token)
    return find_holder(key, now) if key else None  # type: ignore[arg-type]


def test_a_token_is_kept_as_a_keyed_hash_alone() -> None:
    event = make_event()
    issued = make_token(event)
    (row,) = db.session.scalars(select(PartnerToken))
    assert issued.token.encode() not in row.key
    assert row.hint == issued.token[-4:]
    assert key_of(current_app.extensions["keyring"], the_sealer(), issued.token) == row.key
    stolen = Sealer(keys=the_sealer().keys, marking=b"another key")
    assert stolen.mark(issued.token, "partner-token") != row.key
    assert "token=" not in repr(issued)
    told = history_of(event.id, f"partner_token:{row.id}")
    assert [entry.verb for entry in told] == ["issue"]
    assert issued.token not in str(told)


def test_a_holder_is_found_until_the_token_is_revoked_or_expired() -> None:
    event = make_event()
    issued = make_token(event, expires_at=NOW + timedelta(days=1))
    found = holder_of(issued.token)
    assert found is not None
    assert (found.slug, found.organization_id) == (event.slug, issued.row.organization_id)
    assert holder_of(issued.token, NOW + timedelta(days=1)) is None
    revoke_token(SITE, event, issued.row.id, now=NOW)
    assert holder_of(issued.token) is None
    revoke_token(SITE, event, issued.row.id, now=NOW)
    verbs = [entry.verb for entry in history_of(event.id, f"partner_token:{issued.row.id}")]
    assert verbs == ["revoke", "issue"]


def test_a_token_that_nobody_issued_is_nobodys() -> None:
    ring = current_app.extensions["keyring"]
    assert holder_of(seal(ring, Purpose.FEED, new_body(16))) is None
    issued = make_token(make_event())
    assert key_of(ring, the_sealer(), seal(ring, Purpose.ACCESS, new_body(16))) is None
    assert key_of(ring, the_sealer(), issued.token + "A") is None


def test_a_token_opens_something_and_has_not_expired() -> None:
    event = make_event()
    with pytest.raises(DomainError, match="at least one"):
        make_token(event, scopes=())
    with pytest.raises(DomainError, match="over"):
        make_token(event, expires_at=NOW)


def test_an_organization_has_so_many_tokens_and_no_more() -> None:
    event = make_event()
    home = make_organization(event)
    rows = [make_token(event, home).row for _ in range(MOST_TOKENS)]
    with pytest.raises(Conflict):
        make_token(event, home)
    revoke_token(SITE, event, rows[0].id, now=NOW)
    make_token(event, home)


def test_a_token_of_another_event_is_not_there_to_revoke() -> None:
    issued = make_token(make_event())
    with pytest.raises(NotFound):
        revoke_token(SITE, make_event(), issued.row.id, now=NOW)


def a_take(issued: object, event_id: int, **given: object) -> Take:
    row: PartnerToken = issued.row  # type: ignore[attr-defined]
    facts = {
        "event_id": event_id,
        "organization_id": row.organization_id,
        "token_id": row.id,
        "taker": f"token:{row.id}",
        "what": "bundle.zip",
        "number": 1,
        "live_revision": 0,
        "size": 100,
        "now": NOW,
    }
    return Take(**(facts | given))  # type: ignore[arg-type]


def test_takings_of_one_state_are_one_row() -> None:
    event = make_event()
    issued = make_token(event)
    later = NOW + timedelta(minutes=9)
    note_taking(a_take(issued, event.id))
    note_taking(a_take(issued, event.id, now=later, size=None))
    note_taking(a_take(issued, event.id, now=later))
    note_taking(a_take(issued, event.id, number=2))
    rows = {row.release_number: row for row in list_takings(event)}
    assert (rows[1].taken, rows[1].checked, rows[1].bytes) == (2, 1, 200)
    assert (rows[1].first_at, rows[1].last_at) == (NOW, later)
    assert last_bundle(event.id, issued.row.organization_id, below=2) == 1
    assert last_bundle(event.id, issued.row.organization_id, below=1) is None


def test_how_far_a_partner_is_behind() -> None:
    event = make_event()
    issued = make_token(event)
    item = make_item(event)
    make_release(event)
    (row,) = list_partner_rows(event, NOW)
    assert (row.tokens, row.release, row.behind, row.newest) == (1, None, None, 1)
    note_taking(a_take(issued, event.id, number=1))
    (row,) = list_partner_rows(event, NOW)
    assert (row.release, row.behind, row.last_at) == (1, 0, NOW)
    assert item.event_id == event.id
