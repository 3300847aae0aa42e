"""The closed words of applications: where one stands, which matters are decided, which files it carries."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.transitions import Moves
from eventsite.kernel.words import N_


class Status(Enum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


MOVES: Moves[Status] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.WAITLISTED}),
    Status.SUBMITTED: frozenset(
        {Status.RETURNED, Status.APPROVED, Status.WAITLISTED, Status.REJECTED, Status.WITHDRAWN}
    ),
    Status.RETURNED: frozenset({Status.SUBMITTED, Status.REJECTED, Status.WITHDRAWN}),
    Status.WAITLISTED: frozenset({Status.SUBMITTED, Status.REJECTED, Status.WITHDRAWN}),
    Status.APPROVED: frozenset({Status.CONFIRMED, Status.REJECTED, Status.WITHDRAWN}),
    Status.CONFIRMED: frozenset({Status.WITHDRAWN}),
    Status.REJECTED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
"""Every move that an application may make; from the waiting list only in its order, through the desk."""

IN_THE_QUOTA = (Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.CONFIRMED)
"""What counts against the places of a call."""
PLACEABLE = (Status.APPROVED, Status.CONFIRMED)
"""What may hold booths."""
EDITABLE = (Status.DRAFT, Status.RETURNED)
"""What its applicant may change."""

STATUS_WORDS: Mapping[Status, str] = {
    Status.DRAFT: N_("Draft"),
    Status.SUBMITTED: N_("Submitted"),
    Status.RETURNED: N_("Returned for correction"),
    Status.APPROVED: N_("Approved"),
    Status.WAITLISTED: N_("On the waiting list"),
    Status.REJECTED: N_("Rejected"),
    Status.CONFIRMED: N_("Confirmed"),
    Status.WITHDRAWN: N_("Withdrawn"),
}


class Matter(Enum):
    """A part of an application that one office decides; reviewers hold it as the scope `matter:NAME`."""

    BOOTH = "booth"
    POWER = "power"
    FIRE = "fire"
    FOOD = "food"
    STREET = "street"
    VEHICLES = "vehicles"
    INSURANCE = "insurance"
    COMMITMENT = "commitment"


MATTER_WORDS: Mapping[Matter, str] = {
    Matter.BOOTH: N_("Booth and products"),
    Matter.POWER: N_("Power"),
    Matter.FIRE: N_("Water and open flame"),
    Matter.FOOD: N_("Food licence"),
    Matter.STREET: N_("Temporary street occupation"),
    Matter.VEHICLES: N_("Vehicle and staff passes"),
    Matter.INSURANCE: N_("Insurance"),
    Matter.COMMITMENT: N_("Unit and commitment"),
}
OFFICES: Mapping[Matter, str] = {
    Matter.BOOTH: N_("Intake post"),
    Matter.POWER: N_("Power post"),
    Matter.FIRE: N_("Fire safety post"),
    Matter.FOOD: N_("Food safety post"),
    Matter.STREET: N_("Traffic post"),
    Matter.VEHICLES: N_("Logistics post"),
    Matter.INSURANCE: N_("Safety post"),
    Matter.COMMITMENT: N_("Intake post"),
}
"""Which post of the organizing committee looks at a matter."""


class Verdict(Enum):
    """What an office says of a matter."""

    OK = "ok"
    PROBLEM = "problem"


VERDICT_WORDS: Mapping[Verdict, str] = {Verdict.OK: N_("In order"), Verdict.PROBLEM: N_("Problem")}


class How(Enum):
    """By what a booth came to its holder."""

    HAND = "hand"
    PROPOSAL = "proposal"
    LOT = "lot"
    FILE = "file"


HOW_WORDS: Mapping[How, str] = {
    How.HAND: N_("by hand"),
    How.PROPOSAL: N_("by the site's proposal"),
    How.LOT: N_("by public lot"),
    How.FILE: N_("by the event file"),
}


class Slot(Enum):
    """What an uploaded file shows."""

    BUSINESS = "business"
    FOOD = "food"
    HEALTH = "health"
    INSURANCE = "insurance"
    PRODUCT = "product"


SLOT_WORDS: Mapping[Slot, str] = {
    Slot.BUSINESS: N_("Business licence"),
    Slot.FOOD: N_("Food licence or filing"),
    Slot.HEALTH: N_("Health certificates of the staff"),
    Slot.INSURANCE: N_("Insurance policy"),
    Slot.PRODUCT: N_("Photo of the products"),
}
MATTER_OF_SLOT: Mapping[Slot, Matter] = {
    Slot.BUSINESS: Matter.COMMITMENT,
    Slot.FOOD: Matter.FOOD,
    Slot.HEALTH: Matter.FOOD,
    Slot.INSURANCE: Matter.INSURANCE,
    Slot.PRODUCT: Matter.BOOTH,
}
"""Which office reads a file."""


class QuestionKind(Enum):
    """How a question of a call is answered."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


QUESTION_KIND_WORDS: Mapping[QuestionKind, str] = {
    QuestionKind.TEXT: N_("A line of text"),
    QuestionKind.LONG: N_("Several lines of text"),
    QuestionKind.NUMBER: N_("A number"),
    QuestionKind.CHOICE: N_("One of several"),
    QuestionKind.YES_NO: N_("Yes or no"),
}

ACTS: Mapping[str, Mapping[str, str]] = {
    "call": {
        "create": N_("opened the call for exhibitors"),
        "edit": N_("changed the call"),
        "remove": N_("removed the call"),
    },
    "call_question": {
        "create": N_("added the question"),
        "edit": N_("changed the question"),
        "remove": N_("removed the question"),
    },
    "event": {"import exhibitors": N_("took exhibitors from a spreadsheet")},
    "application": {
        "draft": N_("began the application"),
        "take in": N_("took it in from a spreadsheet"),
        "edit": N_("changed it by a spreadsheet"),
        "save": N_("saved the application"),
        "submit": N_("submitted the application"),
        "correct": N_("sent the corrected application"),
        "discard": N_("discarded the draft"),
        "withdraw": N_("withdrew the application"),
        "judge": N_("gave a verdict on a matter"),
        "return": N_("returned the application, once"),
        "approve": N_("approved the application"),
        "waitlist": N_("put the application on the waiting list"),
        "promote": N_("took the application off the waiting list"),
        "reject": N_("rejected the application"),
        "confirm": N_("confirmed the booth"),
        "assign booth": N_("gave a booth"),
        "release booth": N_("took a booth back"),
        "issue link": N_("issued a new private link"),
        "attach": N_("attached a file"),
        "detach": N_("removed a file"),
        "erase contacts": N_("erased the contacts"),
    },
}
"""What the history says, by kind of thing and verb."""
