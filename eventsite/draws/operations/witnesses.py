"""Witnesses: a hash before the freeze, the number behind it after it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.database import atomic, attempt
from eventsite.draws.enums import DrawStatus, ProposalKind, WitnessKind
from eventsite.draws.models import Draw, DrawRound, Witness
from eventsite.draws.operations.turns import expect, hold, log, move
from eventsite.draws.queries.draws import find_open_proposal, get_organization, get_witness
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.fairdraw.hashing import is_hash, text_hash
from eventsite.kernel.words import N_

BEFORE_FREEZE = (DrawStatus.DRAFT, DrawStatus.OPEN, DrawStatus.CLOSED)
NONCE_LENGTH = 200


def add_witness(
    actor: Actor, event: Event, ref: str, *, kind: WitnessKind, name: str, organization: str = ""
) -> Witness:
    """Add a witness; `organization` is the id of one of the event's, whose partner account may act for it."""
    with atomic() as session:
        draw = hold(session, event, ref)
        _expect_before_freeze(draw)
        owner = get_organization(event, organization) if organization else None
        last = session.scalar(select(func.max(Witness.position)).where(Witness.draw_id == draw.id))
        witness = Witness(
            draw_id=draw.id,
            position=(last or 0) + 1,
            kind=kind,
            name=name or (owner.name_zh if owner else ""),
            organization_id=owner.id if owner else None,
        )
        if not witness.name:
            raise DomainError(N_("A witness needs a name."), field="name")
        session.add(witness)
        log(actor, draw, "add witness", after={"name": witness.name, "kind": kind.value})
        return witness


def remove_witness(actor: Actor, event: Event, ref: str, position: int) -> None:
    """Take a witness away who has not given a hash."""
    with atomic() as session:
        draw = hold(session, event, ref)
        _expect_before_freeze(draw)
        witness = get_witness(draw, position)
        if witness.commitment is not None:
            raise Conflict(N_("This witness has given a hash and stays."))
        session.delete(witness)
        log(actor, draw, "remove witness", before={"name": witness.name})


def commit_witness(
    actor: Actor, event: Event, ref: str, position: int, *, commitment: str, now: datetime
) -> Witness:
    """Keep a witness's hash, given before the freeze. The same again: nothing; another: `Conflict`."""
    given = commitment.strip().lower()
    if not is_hash(given):
        raise DomainError(N_("A hash has 64 characters, 0-9 and a-f."), field="commitment")
    with atomic() as session:
        draw = hold(session, event, ref)
        witness = get_witness(draw, position)
        if witness.commitment == given:
            return witness
        _expect_before_freeze(draw)
        if witness.commitment is not None:
            raise Conflict(N_("This witness has already given another hash."), field="commitment")
        try:
            with attempt():
                witness.commitment, witness.committed_at = given, now
        except IntegrityError as error:
            raise Conflict(
                N_("Another witness gave the same hash; one has copied the other."), field="commitment"
            ) from error
        log(actor, draw, "give witness hash", after={"witness": witness.name, "commitment": given})
        return witness


def reveal(actor: Actor, event: Event, ref: str, position: int, *, nonce: str, now: datetime) -> Witness:
    """Keep a witness's number after the freeze; the last one moves the draw on. The same again: nothing.

    Raises `DomainError` on `nonce` where it does not fit the hash, letter by letter.
    """
    with atomic() as session:
        draw = hold(session, event, ref)
        witness = get_witness(draw, position)
        if nonce and witness.nonce == nonce:
            return witness
        expect(draw, DrawStatus.FROZEN)
        if not nonce or len(nonce) > NONCE_LENGTH or text_hash(nonce) != witness.commitment:
            raise DomainError(
                N_("This number does not fit the hash that %(witness)s gave before the freeze."),
                field="nonce",
                witness=witness.name,
            )
        witness.nonce, witness.revealed_at = nonce, now
        log(actor, draw, "reveal witness number", after={"witness": witness.name, "nonce": nonce})
        session.flush()
        if not _silent(session, draw):
            _end_reveals(session, actor, draw, now)
        return witness


def postpone_reveals(actor: Actor, event: Event, ref: str, *, to: datetime, now: datetime) -> None:
    """Wait once for a witness who is missing; raises `Conflict` a second time."""
    with atomic() as session:
        draw = hold(session, event, ref)
        expect(draw, DrawStatus.FROZEN)
        if draw.postponed_to is not None:
            raise Conflict(N_("The draw was postponed once; it is not postponed again."))
        if to <= now:
            raise DomainError(N_("Name a time that is still to come."), field="to")
        draw.postponed_to = to
        log(actor, draw, "postpone", after={"postponed_to": to.isoformat()})


def skip_missing(actor: Actor, event: Event, ref: str, *, now: datetime) -> None:
    """Go on without the witnesses who are still missing after the postponement; the record says so."""
    with atomic() as session:
        draw = hold(session, event, ref)
        if draw.status is DrawStatus.REVEALED:
            return
        expect(draw, DrawStatus.FROZEN)
        if draw.postponed_to is None:
            raise Conflict(N_("A witness is missing: postpone the draw once before going on without."))
        if now < draw.postponed_to:
            raise Conflict(N_("The draw waits for the missing witness; the time named has not come."))
        _end_reveals(session, actor, draw, now)


def _end_reveals(session: Session, actor: Actor, draw: Draw, now: datetime) -> None:
    session.add(DrawRound(draw_id=draw.id, number=0, opened_at=now))
    missing = _silent(session, draw)
    move(session, actor, draw, DrawStatus.REVEALED, "end reveals", missing=missing)


def _silent(session: Session, draw: Draw) -> list[str]:
    return list(
        session.scalars(
            select(Witness.name)
            .where(Witness.draw_id == draw.id, Witness.nonce.is_(None))
            .order_by(Witness.position)
        )
    )


def _expect_before_freeze(draw: Draw) -> None:
    expect(draw, *BEFORE_FREEZE)
    if find_open_proposal(draw, ProposalKind.FREEZE):
        raise Conflict(
            N_("The freeze is proposed and waits for the second person; witnesses stay as they are.")
        )
