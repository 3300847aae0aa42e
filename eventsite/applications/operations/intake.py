"""What an applicant does with the private link: save, submit, correct, confirm, withdraw."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.accounts.operations import post_mail
from eventsite.applications.core.asked import check_complete
from eventsite.applications.core.facts import ApplicationFacts, logged, power_of
from eventsite.applications.enums import EDITABLE, MOVES, Slot, Status
from eventsite.applications.models import (
    Application,
    ApplicationFile,
    Call,
    MatterReview,
    Return,
)
from eventsite.applications.operations.ending import end_application
from eventsite.applications.queries.calls import count_in_quota, get_call_to_write
from eventsite.applications.queries.lookup import find_by_token, get_own_to_write, hash_of
from eventsite.applications.queries.sheets import EMAIL, PHONE, facts_of, terms_of
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt, db
from eventsite.events.models import Event
from eventsite.events.queries import get_delegation, get_zone
from eventsite.files.core import Upload
from eventsite.files.operations import forget_file, keep_file
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Closed, Conflict, NotFound
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_
from eventsite.sealing.core import Sealer

AS_THEY_STAND = (
    "unit_zh",
    "unit_en",
    "credit_code",
    "contact_post_zh",
    "trade",
    "near",
    "places",
    "partner",
    "needs_water",
    "open_flame",
    "street_occupation",
    "vehicle_passes",
    "staff_passes",
    "insured",
    "commitment_signed",
)
MOST_FILES = 20


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail to an applicant, written by who knows the reader's language."""

    recipient: str
    subject: str
    body: str
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form as it was sent: for which call and category, read at which version, with which files.

    `dropped` are the keys of files that are taken off.
    """

    call: str
    category: str
    facts: ApplicationFacts
    version: int = 0
    uploads: Mapping[Slot, Sequence[Upload]] = field(default_factory=dict)
    dropped: Collection[int] = ()


Tell = Callable[[Application], Letter | None]


def save_application(
    actor: Actor, event: Event, body: bytes, sheet: Sheet, *, sealer: Sealer, now: datetime
) -> Application:
    """Keep what the applicant wrote, complete or not, and the files; the first save makes the draft.

    `body` is that of the private link: the same form sent twice meets its own draft. Saving what is there
    already changes nothing. Raises `StaleEdit` with both values, `Conflict` for an application that may not
    be changed, `Closed` for a new one outside the call's time.
    """
    with atomic() as session:
        call = get_call_to_write(event, sheet.call)
        facts, terms = sheet.facts, terms_of(call, sheet.category)
        if terms is None:
            raise NotFound(N_("This call is not for that kind of booth."))
        own = select(Application).where(Application.token_hash == hash_of(body))
        row = session.scalar(own)
        old: dict[str, Any] = {}
        new = logged(asdict(facts))
        if row is None:
            row = _begin(actor, event, call, body, category=sheet.category, now=now)
        else:
            row = get_own_to_write(event, body)
            before = facts_of(row, sealer)
            if facts == before and not sheet.dropped and not _fresh(row, sheet.uploads):
                return row
            _refuse_settled(row)
            refuse_stale(row.version, sheet.version, theirs=asdict(before), mine=asdict(facts))
            old, new = changed(logged(asdict(before)), new)
        _write(row, event, facts, sealer=sealer, now=now)
        _put_files(actor, event, row, sheet, now=now)
        session.flush()
        record(actor, "save", f"application:{row.id}", event_id=event.id, before=old, after=new)
    return row


def submit_application(
    actor: Actor, event: Event, body: bytes, *, sealer: Sealer, now: datetime, tell: Tell | None = None
) -> Application:
    """Hand the application in: a draft goes to the desk or, past the quota, to the waiting list.

    A returned one comes back corrected; what was in order stays so. Handing in twice is handing in once.
    Raises `Incomplete` with all that is lacking, `Closed` past the call's end or the correction's.
    """
    with atomic() as session:
        call = _hold_call(event, find_by_token(body))  # before the application: one order for all locks
        row = get_own_to_write(event, body)
        if row.status in (Status.SUBMITTED, Status.WAITLISTED):
            return row
        check_lacking(row, call, sealer)
        if row.status is Status.RETURNED:
            return _correct(actor, row, now)
        if not call.is_open(now):
            raise Closed(N_("This call takes no applications now."))
        full = count_in_quota(call) >= call.quota  # the call's row is held: nobody counts beside us
        target = Status.WAITLISTED if full else Status.SUBMITTED
        check_move(MOVES, row.status, target)
        row.status, row.submitted_at = target, now
        row.waitlisted_at = now if full else None
        session.flush()
        record(actor, "submit", f"application:{row.id}", event_id=event.id, after={"status": target.value})
        post(tell, row, now)
    return row


def discard_draft(actor: Actor, event: Event, body: bytes) -> None:
    """Throw a draft away with its files; what was handed in is withdrawn instead."""
    with atomic() as session:
        row = get_own_to_write(event, body)
        if row.status is not Status.DRAFT:
            raise Conflict(N_("Only a draft can be discarded."))
        thing, files = f"application:{row.id}", list(row.files)
        for file in files:
            stored = file.stored
            session.delete(file)
            session.flush()
            forget_file(actor, stored)
        session.delete(row)
        record(actor, "discard", thing, event_id=event.id)


def confirm_application(actor: Actor, event: Event, body: bytes) -> Application:
    """Say that the booth will be taken; saying it again changes nothing."""
    with atomic() as session:
        row = get_own_to_write(event, body)
        if row.status is Status.CONFIRMED:
            return row
        check_move(MOVES, row.status, Status.CONFIRMED)
        row.status = Status.CONFIRMED
        session.flush()
        record(actor, "confirm", f"application:{row.id}", event_id=event.id)
    return row


def withdraw_application(
    actor: Actor, event: Event, body: bytes, *, reason: str, now: datetime
) -> Application:
    """Give the application up: its booths are free and its passes void at once. Again it changes nothing."""
    with atomic() as session:
        row = get_own_to_write(event, body)
        if row.status is Status.WITHDRAWN:
            return row
        check_move(MOVES, row.status, Status.WITHDRAWN)
        end_application(actor, row, reason=reason, now=now)
        row.status, row.decided_at = Status.WITHDRAWN, now
        session.flush()
        record(actor, "withdraw", f"application:{row.id}", event_id=event.id, reason=reason)
    return row


def post(tell: Tell | None, row: Application, now: datetime) -> None:
    """Put the letter into the outbox, in the transaction of what it tells."""
    letter = tell(row) if tell else None
    if letter is not None and letter.recipient:
        post_mail(letter.recipient, letter.subject, letter.body, now=now, secret=letter.secret)


def _begin(
    actor: Actor, event: Event, call: Call, body: bytes, *, category: str, now: datetime
) -> Application:
    if not call.is_open(now):
        raise Closed(N_("This call takes no applications now."))
    row = Application(
        event_id=event.id,
        ref=f"ap-{typed_code().lower()}",
        source="article",
        call_id=call.id,
        category=category,
        token_hash=hash_of(body),
        unit_zh="",
        unit_en="",
        contact_post_zh="",
        products_zh=[],
    )
    again = Conflict(N_("This form was sent at the same moment from elsewhere. Please send it again."))
    with attempt({"uq_application_token_hash": again}) as session:
        session.add(row)
    record(actor, "draft", f"application:{row.id}", event_id=event.id, category=category)
    return row


def _write(row: Application, event: Event, facts: ApplicationFacts, *, sealer: Sealer, now: datetime) -> None:
    for name in AS_THEY_STAND:
        setattr(row, name, getattr(facts, name))
    row.zone_id = get_zone(event, facts.zone).id if facts.zone else None
    row.delegation_id = get_delegation(event, facts.delegation).id if facts.delegation else None
    row.wishes = list(facts.wishes)
    row.products = [asdict(product) for product in facts.products]
    row.products_zh = [product.name for product in facts.products]
    row.appliances = [asdict(appliance) for appliance in facts.appliances]
    row.appliances_zh = [appliance.name for appliance in facts.appliances]
    row.power_kw = power_of(facts.appliances)
    row.food_required = facts.food_required
    row.answers = dict(facts.answers)
    row.consented_at = (row.consented_at or now) if facts.consented else None
    row.phone = sealer.seal(facts.phone, PHONE) if facts.phone else None
    row.phone_mark = sealer.mark(facts.phone, PHONE) if facts.phone else None
    row.email = sealer.seal(facts.email, EMAIL) if facts.email else None
    row.saved_at = now


def _fresh(row: Application, uploads: Mapping[Slot, Sequence[Upload]]) -> list[tuple[Slot, Upload]]:
    """Return the uploads that the application has not got yet."""
    known = {(file.slot, file.stored.sha256) for file in row.files}
    return [(slot, one) for slot, sent in uploads.items() for one in sent if (slot, one.sha256) not in known]


def _put_files(actor: Actor, event: Event, row: Application, sheet: Sheet, *, now: datetime) -> None:
    session = db.session
    own = session.scalars(select(ApplicationFile).where(ApplicationFile.application_id == row.id)).all()
    for file in own:
        if file.id in sheet.dropped:
            stored = file.stored
            session.delete(file)
            session.flush()
            forget_file(actor, stored)
    session.flush()
    session.expire(row, ["files"])
    fresh = _fresh(row, sheet.uploads)
    if len(row.files) + len(fresh) > MOST_FILES:
        raise Conflict(N_("An application holds %(most)s files at most."), most=MOST_FILES)
    for slot, upload in fresh:
        stored = keep_file(actor, event, upload)
        session.add(
            ApplicationFile(event_id=event.id, application_id=row.id, file_id=stored.id, slot=slot, at=now)
        )
    session.flush()
    session.expire(row, ["files"])
    row.food_uploaded = any(file.slot is Slot.FOOD for file in row.files)


def _refuse_settled(row: Application) -> None:
    if row.status not in EDITABLE:
        raise Conflict(N_("This application has been submitted and can be changed only if it is returned."))


def _hold_call(event: Event, row: Application | None) -> Call:
    if row is None or row.event_id != event.id:
        raise NotFound(N_("There is no such application."))
    if row.call is None:
        raise Conflict(N_("This application belongs to no call."))
    return get_call_to_write(event, row.call.code)


def check_lacking(row: Application, call: Call, sealer: Sealer) -> None:
    """Raise `Incomplete` with everything that handing in still needs."""
    terms = terms_of(call, row.category)
    if terms is None:
        raise Conflict(N_("This call is not for that kind of booth any more."))
    check_complete(facts_of(row, sealer), terms, {file.slot for file in row.files})


def _correct(actor: Actor, row: Application, now: datetime) -> Application:
    session = db.session
    asked = session.scalars(select(Return).where(Return.application_id == row.id)).one()
    if now >= asked.until:
        raise Closed(N_("The time for the correction is over. Please ask the organizers."))
    check_move(MOVES, row.status, Status.SUBMITTED)
    asked.answered_at = now
    row.status = Status.SUBMITTED
    named = {matter for matter, _text in asked.points}
    for review in session.scalars(select(MatterReview).where(MatterReview.application_id == row.id)):
        review.stale = review.stale or review.matter.value in named
    session.flush()
    record(actor, "correct", f"application:{row.id}", event_id=row.event_id)
    return row
