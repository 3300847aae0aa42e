"""The table of the mapping: for each section its model, and what is not simply a column of its name."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsite.agreements.models import Agreement, Commitment, Deal, FollowUp, Party
from eventsite.applications.enums import Status
from eventsite.applications.models import Application
from eventsite.checkin.models import Checkpoint, StampRally
from eventsite.database import Model
from eventsite.draws.models import Draw, Prize, Raffle
from eventsite.eventfile.core.limits import Limits
from eventsite.eventfile.core.sections import EACH, REFERENCES, SECTIONS
from eventsite.eventfile.mapping.fields import (
    Always,
    Columns,
    Empty,
    Field,
    Inner,
    Moment,
    Ref,
    Span,
    StampsRequired,
    Word,
    box,
    plain,
)
from eventsite.eventfile.mapping.schema import keys_of, lists_of
from eventsite.events.models import Delegation, Event, EventDay, Facility, Organization, Stage, Venue, Zone
from eventsite.giveaways.models import Giveaway, GiveawaySlot, Reward
from eventsite.helpdesk.models import Announcement, Faq, Observation, Post, Ticket
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.market.models import Booth, Float
from eventsite.programme.models import ProgrammeItem, Troupe
from eventsite.readiness.models import Milestone, Permit
from eventsite.workshops.models import Workshop


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section and its table.

    `key` are the columns that tell its records apart within the event (none: there is one), `order` those
    that they are listed by. `parent` is the column that points to the record around it. `fresh` makes what a
    new row has and no file says; `derived` columns follow only where their sources change. `holds` tells
    which rows a file holds: all, if nothing is said.
    """

    name: str
    model: type[Model]
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("ref",)
    order: tuple[str, ...] = ("position",)
    parent: str | None = None
    fresh: Callable[[], Columns] = dict
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holds: Callable[[Any], bool] | None = None

    @property
    def is_list(self) -> bool:
        """Tell whether the file holds many of them."""
        return SECTIONS[self.name][-1] == EACH

    @property
    def list_key(self) -> str:
        """Return the key that holds the list of them."""
        return SECTIONS[self.name][-2]

    @property
    def parent_name(self) -> str | None:
        """Return the section of the record around it, if a column keeps it."""
        if self.parent is None:
            return None
        around = SECTIONS[self.name][:-2]
        return next(name for name, path in SECTIONS.items() if path == around)

    def has(self, column: str) -> bool:
        """Tell whether the table has a column."""
        return column in self.model.__table__.columns


MATTERS = (
    (("booth",), "wants_booth"),
    (("electricity", "kw"), "power_kw"),
    (("electricity", "appliances_zh"), "appliances_zh"),
    (("water",), "needs_water"),
    (("food_license", "required"), "food_required"),
    (("food_license", "uploaded"), "food_uploaded"),
    (("street_occupation",), "street_occupation"),
    (("vehicle_pass", "count"), "vehicle_passes"),
    (("staff_pass", "count"), "staff_passes"),
    (("insurance",), "insured"),
    (("commitment_signed",), "commitment_signed"),
)

TECH = tuple(((name,), name) for name in ("wireless_mics", "audio", "props_zh"))


def new_codes() -> Columns:
    """Return fresh codes of a checkpoint: secrets, so no file holds them, and replacing a file keeps them."""
    return {"key": new_body(), "secret": secrets.token_bytes(32), "typed_code": typed_code()}


def _section(name: str, model: type[Model], *special: Field, **more: Any) -> Section:
    """Return a section whose keys are columns of their name, references or ids, save for the special ones."""
    return Section(name=name, model=model, fields=(*special, *_usual(name, model, special)), **more)


def _usual(name: str, model: type[Model], special: tuple[Field, ...]) -> Iterator[Field]:
    done = {key for one in special for key in one.keys} | set(lists_of(name))
    for key in keys_of(name):
        if key in done:
            continue
        if key == "id":
            yield plain(model, "id", "ref")
        elif key in REFERENCES:
            yield Ref(key, key, REFERENCES[key])
        else:
            yield plain(model, key)


ALL: Mapping[str, Section] = {
    section.name: section
    for section in (
        _section("event", Event, plain(Event, "id", "slug"), key=(), order=()),
        _section(
            "days",
            EventDay,
            plain(EventDay, "open", "opens"),
            plain(EventDay, "close", "closes"),
            key=("date",),
            order=("date",),
        ),
        _section("organizations", Organization),
        _section("venue", Venue, *box(Venue, "map_size", "wh", "map_"), key=()),
        _section("facilities", Facility),
        _section("zones", Zone, *box(Zone, "map", "xywh", "map_")),
        _section("stages", Stage),
        _section("delegations", Delegation),
        _section("booths", Booth, *box(Booth, "map", "xywh", "map_")),
        _section("floats", Float),
        _section("troupes", Troupe),
        _section(
            "programme",
            ProgrammeItem,
            Span(),
            Empty("length_minutes"),
            Inner("tech", ProgrammeItem, TECH),
            plain(ProgrammeItem, "workshop_id", "workshop_ref"),
            holds=lambda item: not item.is_waiting,
        ),
        _section("giveaways", Giveaway),
        _section(
            "slots",
            GiveawaySlot,
            Moment("date", "release_at", "releases_at"),
            key=("giveaway_id", "releases_at"),
            order=("releases_at",),
            parent="giveaway_id",
        ),
        _section("stamp_rally", StampRally, key=()),
        _section("checkpoints", Checkpoint, Always("booth_id", None), fresh=new_codes),
        _section("rewards", Reward, parent="rally_id"),
        _section(
            "raffle",
            Raffle,
            StampsRequired(),
            key=(),
            derived={"stamps_required": ("entry_zh", "entry_en")},
        ),
        _section("rounds", Draw, Ref("programme_id", "item_id", "programme"), parent="raffle_id"),
        _section("prizes", Prize, parent="raffle_id"),
        _section("agreements", Agreement, Ref("programme_id", "item_id", "programme")),
        _section(
            "parties",
            Party,
            key=("agreement_id", "organization_id"),
            order=("order",),
            parent="agreement_id",
        ),
        _section("commitments", Commitment, parent="agreement_id"),
        _section("follow_ups", FollowUp, parent="agreement_id"),
        _section("workshops", Workshop),
        _section("posts", Post),
        _section("milestones", Milestone),
        _section("permits", Permit),
        _section(
            "applications",
            Application,
            Word("status", Status, without=(Status.DRAFT,)),
            Inner("matters", Application, MATTERS),
            holds=lambda application: application.status is not Status.DRAFT,
        ),
        _section("tickets", Ticket),
        _section("faq", Faq),
        _section("deals", Deal),
        _section("announcements", Announcement),
        _section("observations", Observation, key=("date", "time")),
    )
}

LIMITS: Limits = {
    name: {where: limit for one in section.fields for where, limit in one.limits().items()}
    for name, section in ALL.items()
}
