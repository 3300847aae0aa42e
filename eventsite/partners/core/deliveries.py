"""What a webhook is told and when it is told again: plain values."""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from eventsite.kernel.canon import canon
from eventsite.partners.enums import HookEvent

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each attempt that failed; after the last of them a delivery is given up."""
MOST_FAILURES = 20  # attempts in a row, of all deliveries together, after which a webhook is switched off
LEASE = timedelta(minutes=5)  # how long a round holds its deliveries; longer than all its attempts last
SIGNATURE_HEADER = "Eventsite-Signature"


@dataclass(frozen=True, kw_only=True)
class ReleaseNews:
    """A release as a webhook hears of it; `plan` and `plan_before` tell a switch from a release."""

    number: int
    released_at: datetime
    sha256: str
    plan: str
    plan_before: str
    changes: Sequence[Mapping[str, Any]]

    @property
    def kind(self) -> HookEvent:
        """Return what has happened."""
        switched = self.number > 1 and self.plan != self.plan_before
        return HookEvent.SWITCHED if switched else HookEvent.RELEASED


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message to a webhook: what it is of, and its body as it will be signed."""

    uid: str
    kind: HookEvent
    number: int
    live_revision: int
    body: str


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """Where a message goes: `site` and `slug` make its links, `webhook_id` its lasting id."""

    site: str
    slug: str
    webhook_id: int

    def released(self, news: ReleaseNews) -> Message:
        """Return the message of a release or of a switch to another plan."""
        changed: dict[str, int] = {}
        for change in news.changes:
            changed[change["kind"]] = changed.get(change["kind"], 0) + 1
        release = {
            "number": news.number,
            "released_at": write_instant(news.released_at),
            "sha256": news.sha256,
            "plan": news.plan,
            "changes": changed,
        }
        return self._message(news.kind, news.number, 0, {"release": release})

    def moved(self, number: int, live_revision: int) -> Message:
        """Return the message of acts of the live clock."""
        told = {"release": {"number": number}, "live_revision": live_revision}
        return self._message(HookEvent.LIVE, number, live_revision, told)

    def test(self, serial: int) -> Message:
        """Return a test message; `serial` tells one test from the next."""
        return self._message(HookEvent.TEST, 0, serial, {})

    def _message(self, kind: HookEvent, number: int, live: int, told: Mapping[str, Any]) -> Message:
        urn = f"urn:eventsite:{self.site}:{self.slug}:delivery:{self.webhook_id}:{kind.value}:{number}:{live}"
        uid = str(uuid5(NAMESPACE_URL, urn))
        page = f"{self.site}/e/{self.slug}"
        links = {"programme": f"{page}/programme", "changes": f"{page}/programme/changes"}
        body = canon({"id": uid, "type": kind.value, "event": self.slug, "links": links, **told})
        return Message(uid=uid, kind=kind, number=number, live_revision=live, body=body)


def wanted(news: Sequence[ReleaseNews], chosen: Collection[str]) -> list[ReleaseNews]:
    """Return the releases that a webhook wants to hear of, the oldest first."""
    ordered = sorted(news, key=lambda one: one.number)
    return [one for one in ordered if one.kind.value in chosen]


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after so many attempts, `None` where it is given up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def sign(secret: str, body: str, at: int) -> str:
    """Return the header that proves who sends: `t=SECONDS,v1=HMAC-SHA256 of "SECONDS.BODY"` in hex."""
    return f"t={at},v1={hmac.digest(secret.encode(), f'{at}.{body}'.encode(), 'sha256').hex()}"


def write_instant(instant: datetime) -> str:
    """Return an instant as text in UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
