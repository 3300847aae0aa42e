"""Putting another plan in force together with the word to visitors, in one act; and going back."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.helpdesk.operations import publish_notice
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.programme.models import Release
from eventsite.programme.operations import release_programme, switch_back


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What visitors are told when a plan changes, in both languages."""

    title_zh: str
    title_en: str
    body_zh: str = ""


def switch_plan(
    actor: Actor,
    event: Event,
    code: str,
    *,
    notice: Notice,
    seen: str,
    against: int,
    now: datetime,
    reason: str = "",
) -> Release:
    """Release a prepared plan and tell visitors, in one transaction.

    `seen` is the hash of the plan that was read before, `against` the release that it was compared with;
    `reason` is why rules that block are passed. Raises `Conflict` where the plan was changed or anything was
    released since, where the plan is in force already, or breaks such a rule without a reason.
    """
    _refuse_silence(notice)
    with atomic():
        release = release_programme(
            actor, event, note=notice.title_zh, now=now, seen=seen, reason=reason, plan=code
        )
        _refuse_late(release, against)
        _tell(actor, event, notice, now)
        return release


def go_back(actor: Actor, event: Event, *, notice: Notice, against: int, now: datetime) -> Release:
    """Put in force again exactly what was planned before the switch, and tell visitors, in one go."""
    _refuse_silence(notice)
    with atomic():
        release = switch_back(actor, event, note=notice.title_zh, now=now)
        _refuse_late(release, against)
        _tell(actor, event, notice, now)
        return release


def _refuse_late(release: Release, against: int) -> None:
    if release.number != against + 1:
        raise Conflict(N_("Something was released after you opened this page. Look at the changes again."))


def _refuse_silence(notice: Notice) -> None:
    for field in ("title_zh", "title_en"):
        if not getattr(notice, field):
            raise DomainError(N_("Visitors are told in both languages."), field=field)


def _tell(actor: Actor, event: Event, notice: Notice, now: datetime) -> None:
    publish_notice(
        actor,
        event,
        level="warning",
        title_zh=notice.title_zh,
        title_en=notice.title_en,
        body_zh=notice.body_zh,
        now=now,
    )
