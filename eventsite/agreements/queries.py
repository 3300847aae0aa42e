"""Reading agreements and deals."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.agreements.core import FORMAT
from eventsite.agreements.models import Agreement, Commitment, Deal, FollowUp, Party
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_

WHOLE = (
    selectinload(Agreement.parties).joinedload(Party.organization),
    selectinload(Agreement.commitments),
    selectinload(Agreement.follow_ups).joinedload(FollowUp.owner),
    joinedload(Agreement.item),
)


def list_agreements(event: Event) -> Sequence[Agreement]:
    """Return the event's agreements in the order of the file."""
    return db.session.scalars(
        select(Agreement)
        .options(*WHOLE)
        .where(Agreement.event_id == event.id)
        .order_by(Agreement.position, Agreement.id)
    ).all()


def get_agreement(event: Event, ref: str) -> Agreement:
    """Return the event's agreement with that id; raises `NotFound`."""
    found = db.session.scalar(
        select(Agreement).options(*WHOLE).where(Agreement.event_id == event.id, Agreement.ref == ref)
    )
    if found is None:
        raise NotFound(N_("There is no such agreement."))
    return found


def list_deals(event: Event) -> Sequence[Deal]:
    """Return the deals made at the event, in the order they were recorded."""
    return db.session.scalars(
        select(Deal).where(Deal.event_id == event.id).order_by(Deal.recorded_at, Deal.position, Deal.id)
    ).all()


def record_of(event: Event, agreement: Agreement) -> dict[str, Any]:
    """Return the public record: what was signed, by whom, where and when, and what follows from it."""
    return {
        "format": FORMAT,
        "event": event.slug,
        "id": agreement.ref,
        "kind": agreement.kind,
        "title": {"zh": agreement.title_zh, "en": agreement.title_en},
        "signed": {"date": agreement.signed_date.isoformat(), "place": agreement.signed_place_zh},
        "aim": {"zh": agreement.aim_zh, "en": agreement.aim_en},
        "background": {"zh": agreement.background_zh, "en": agreement.background_en},
        "parties": [_party(party) for party in agreement.parties],
        "commitments": [_commitment(agreement, commitment) for commitment in agreement.commitments],
    }


def _party(party: Party) -> dict[str, Any]:
    return {
        "order": party.order,
        "organization": {"zh": party.organization.name_zh, "en": party.organization.name_en},
        "signatory_title": party.signatory_title_zh,
    }


def _commitment(agreement: Agreement, commitment: Commitment) -> dict[str, Any]:
    return {
        "id": commitment.ref,
        "text": {"zh": commitment.text_zh, "en": commitment.text_en},
        "follow_ups": [
            {
                "id": follow_up.ref,
                "action": {"zh": follow_up.action_zh, "en": follow_up.action_en},
                "owner": follow_up.owner.name_zh,
                "due": follow_up.due.isoformat(),
                "status": follow_up.status,
            }
            for follow_up in agreement.follow_ups
            if follow_up.commitment_id == commitment.id
        ],
    }
