"""Reading what pages of several features join: what a place offers, and the passport at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsite.checkin.core.passes import pass_id
from eventsite.checkin.queries import HELD, HELD_COLUMNS, Holding, find_holding, read_holding
from eventsite.database import glance
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.giveaways.models import Giveaway
from eventsite.giveaways.queries import list_giveaways
from eventsite.workshops.models import Workshop
from eventsite.workshops.queries import list_workshops

# The passport changes with these, but for the names of rewards and the plan of draws: they may be late.
# The code is random, so that no two rallies are taken for one.
EDITION = """
SELECT e.id, e.status, e.timezone, e.version, r.version, count(c.id), sum(c.version), max(c.typed_code),
    (SELECT sum(z.version) FROM zone z WHERE z.event_id = e.id),
    (SELECT max(f.version) FROM raffle f WHERE f.event_id = e.id),
    (SELECT sum(d.version) FROM draw d WHERE d.event_id = e.id),
    (SELECT count(*) FROM award a WHERE a.event_id = e.id)
FROM event e
LEFT JOIN stamp_rally r ON r.event_id = e.id
LEFT JOIN checkpoint c ON c.event_id = e.id
WHERE e.slug = :slug
GROUP BY e.id, e.status, e.timezone, e.version, r.version
"""
SIGHT = f"""
SELECT edition.*, {HELD} FROM ({EDITION}) edition
LEFT JOIN visitor_pass p ON p.id = :number AND p.event_id = edition.id AND p.key = :own
"""  # noqa: S608 - words of our own
AWARDS = "SELECT count(*) FROM award a WHERE a.event_id = :event AND a.pass_id = :number"


@dataclass(frozen=True, kw_only=True)
class Offers:
    """What visitors get and do at a place; empty for what the event does without."""

    gifts: Sequence[Giveaway]
    workshops: Sequence[Workshop]


def offers_at(event: Event, *, zone: str = "", booth: str = "") -> Offers:
    """Return what a zone or a booth offers, by its code."""
    return Offers(
        gifts=list_giveaways(event, zone=zone, booth=booth) if event.modules.get("giveaways") else (),
        workshops=list_workshops(event, zone=zone, booth=booth) if event.modules.get("workshops") else (),
    )


@dataclass(frozen=True, kw_only=True)
class PassportSight:
    """What decides a passport: the event's edition, what the pass holds, how many prizes it ever won."""

    event_id: int
    is_public: bool
    timezone: str
    edition: tuple[object, ...]
    has_rally: bool
    holding: Holding | None
    awards: int

    @property
    def state(self) -> tuple[object, ...] | None:
        """Return what a page is kept under: the card, not whose it is; `None` for one reader's own page."""
        if not self.is_public or not self.has_rally or self.awards:
            return None
        if self.holding is None:
            return self.edition
        return (*self.edition, frozenset(self.holding.first), *self.holding.counts)


def look_at_passport(slug: str, key: bytes | None, event_id: int = 0) -> PassportSight | None:
    """Return what decides the passport of a pass in the event; `None` where there is no such event.

    Whoever knows the event's id from another time saves a second look.
    """
    rows = glance(SIGHT, slug=slug, number=pass_id(event_id, key) if key else 0, own=key or b"")
    if not rows:
        return None
    found, status, timezone, *edition, won = rows[0][:-HELD_COLUMNS]
    holding = read_holding(rows[0][-HELD_COLUMNS:])
    if key and found != event_id:
        holding = find_holding(found, key)
    return PassportSight(
        event_id=found,
        is_public=status != EventStatus.DRAFT.value,
        timezone=timezone,
        edition=(found, status, *edition),
        has_rally=bool(edition[2]),
        holding=holding,
        awards=glance(AWARDS, event=found, number=holding.pass_id)[0][0] if holding and won else 0,
    )
