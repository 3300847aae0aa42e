"""Reading notices: what waits to be sent, what was sent, and whom an item's change concerns."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_members
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe
from eventsite.troupes.enums import NoticeStatus, Reader
from eventsite.troupes.models import NoticeRun, TroupeNotice


def list_drafts(event: Event) -> Sequence[TroupeNotice]:
    """Return what waits to be sent, in the order of the troupes."""
    return db.session.scalars(
        _of(event)
        .join(Troupe, Troupe.id == TroupeNotice.troupe_id)
        .where(TroupeNotice.status == NoticeStatus.DRAFT)
        .order_by(Troupe.position, Troupe.id)
    ).all()


def list_settled(event: Event, *, limit: int = 50) -> Sequence[TroupeNotice]:
    """Return what was sent or left out, newest first."""
    return db.session.scalars(
        _of(event)
        .where(TroupeNotice.status != NoticeStatus.DRAFT)
        .order_by(TroupeNotice.settled_at.desc(), TroupeNotice.id.desc())
        .limit(limit)
    ).all()


def list_told(troupe: Troupe, *, limit: int = 5) -> Sequence[TroupeNotice]:
    """Return what a troupe was told, newest first."""
    return db.session.scalars(
        select(TroupeNotice)
        .where(TroupeNotice.troupe_id == troupe.id, TroupeNotice.status == NoticeStatus.SENT)
        .order_by(TroupeNotice.number.desc(), TroupeNotice.id.desc())
        .limit(limit)
    ).all()


def get_notice(event: Event, notice_id: int) -> TroupeNotice:
    """Return a notice of the event; raises `NotFound`."""
    return _found(db.session.scalar(_of(event).where(TroupeNotice.id == notice_id)))


def notice_to_write(event: Event, notice_id: int) -> TroupeNotice:
    """Return a notice, held until the running operation ends; raises `NotFound`."""
    own = select(TroupeNotice).where(TroupeNotice.event_id == event.id, TroupeNotice.id == notice_id)
    return _found(db.session.scalar(own.with_for_update().execution_options(populate_existing=True)))


def told_numbers(event: Event) -> Mapping[int, int]:
    """Return up to which release each troupe has been told, or was left out on purpose."""
    rows = db.session.execute(
        select(TroupeNotice.troupe_id, func.max(TroupeNotice.number))
        .where(TroupeNotice.event_id == event.id, TroupeNotice.status != NoticeStatus.DRAFT)
        .group_by(TroupeNotice.troupe_id)
    )
    return {row.troupe_id: row[1] for row in rows}


def run_number(event: Event) -> int:
    """Return up to which release notices have been drafted."""
    return db.session.scalar(select(NoticeRun.number).where(NoticeRun.event_id == event.id)) or 0


def concerned(event: Event, *, delegation: str | None, stages: Iterable[str]) -> list[tuple[Reader, Account]]:
    """Return who else reads a notice: leads of the delegation, managers of the stages; each account once."""
    leads = {f"delegation:{delegation}"} if delegation else set()
    desks = {f"stage:{code}" for code in stages}
    found: dict[int, tuple[Reader, Account]] = {}
    for membership, account in list_members(event):
        if not account.active:
            continue
        if membership.role is Role.DELEGATION_LEAD and membership.scope in leads:
            found.setdefault(account.id, (Reader.LEAD, account))
        if membership.role is Role.STAGE_MANAGER and membership.scope in {"", *desks} and desks:
            found.setdefault(account.id, (Reader.STAGE, account))
    return list(found.values())


def _of(event: Event) -> Select[TroupeNotice]:
    own = select(TroupeNotice).where(TroupeNotice.event_id == event.id)
    return own.options(joinedload(TroupeNotice.troupe).joinedload(Troupe.delegation))


def _found(notice: TroupeNotice | None) -> TroupeNotice:
    if notice is None:
        raise NotFound(N_("There is no such notice."))
    return notice
