"""Applications as an import compares them with a spreadsheet."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.applications.core.imports import (
    ExhibitorFacts,
    Places,
    Rows,
    Standing,
    plan_exhibitors,
)
from eventsite.applications.enums import Status
from eventsite.applications.models import Application, Holding
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_zones
from eventsite.kernel.dryrun import DryRun
from eventsite.market.queries import list_booths

AS_THEY_STAND = tuple(
    name
    for name in ExhibitorFacts.__annotations__
    if name not in ("zone", "delegation", "products_zh", "appliances_zh", "wishes")
)
"""The facts of a sheet that are columns of the table as they stand."""


def dry_run_exhibitors(event: Event, rows: Rows) -> DryRun:
    """Return what the rows of a sheet would do to the event's applications."""
    places = Places(
        zones={zone.code for zone in list_zones(event)},
        booths={booth.code for booth in list_booths(event)},
        delegations={delegation.ref for delegation in list_delegations(event)},
    )
    return plan_exhibitors(rows, list_standing(event), places)


def list_standing(event: Event) -> list[Standing]:
    """Return what has been submitted, by number."""
    own = select(Application).where(Application.event_id == event.id, Application.status != Status.DRAFT)
    found = db.session.scalars(
        own.order_by(Application.ref).options(
            joinedload(Application.zone),
            joinedload(Application.delegation),
            selectinload(Application.holdings).joinedload(Holding.booth),
        )
    )
    return [_standing(row) for row in found]


def _standing(row: Application) -> Standing:
    facts = ExhibitorFacts(
        **{name: getattr(row, name) for name in AS_THEY_STAND},
        zone=row.zone.code if row.zone else "",
        delegation=row.delegation.ref if row.delegation else None,
        products_zh=tuple(row.products_zh),
        appliances_zh=tuple(row.appliances_zh),
        wishes=tuple(row.wishes),
    )
    return Standing(
        ref=row.ref,
        version=row.version,
        status=row.status,
        by_link=row.token_hash is not None,
        facts=facts,
        booths=tuple(holding.booth.code for holding in row.holdings),
    )
