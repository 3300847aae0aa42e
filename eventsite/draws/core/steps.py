"""Which act comes next in a draw: one at a time, and never another."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from eventsite.draws.enums import DrawStatus


class NextAct(Enum):
    """The acts of the console, in the order in which a draw goes through them."""

    PUBLISH_RULES = "publish_rules"
    OPEN = "open"
    CLOSE = "close"
    COMMITS = "commits"
    PROPOSE_FREEZE = "propose_freeze"
    CONFIRM_FREEZE = "confirm_freeze"
    REVEAL = "reveal"
    SKIP_MISSING = "skip_missing"
    VALUES = "values"
    RUN = "run"
    CONFIRM_ABSENT = "confirm_absent"
    ABSENT_OR_PUBLISH = "absent_or_publish"
    CLAIMS = "claims"
    NOTHING = "nothing"


STEPS: tuple[frozenset[NextAct], ...] = (
    frozenset({NextAct.PUBLISH_RULES, NextAct.OPEN}),
    frozenset({NextAct.CLOSE, NextAct.COMMITS, NextAct.PROPOSE_FREEZE, NextAct.CONFIRM_FREEZE}),
    frozenset({NextAct.REVEAL, NextAct.SKIP_MISSING}),
    frozenset({NextAct.VALUES}),
    frozenset({NextAct.RUN}),
    frozenset({NextAct.CONFIRM_ABSENT, NextAct.ABSENT_OR_PUBLISH}),
    frozenset(),
)
"""The seven steps of the console with their acts; a redraw goes through steps 4 and 5 again.

Publishing is offered beside step 6, and once it is done all seven are.
"""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that decides which act comes next."""

    status: DrawStatus
    has_rules: bool
    witnesses: int = 0
    committed: int = 0
    freeze_proposed: bool = False
    postponed_to: datetime | None = None
    absent_proposed: bool = False
    redraw_open: bool = False
    has_digits: bool = False


def next_act(standing: Standing, now: datetime) -> NextAct:
    """Return the one act that the console offers."""
    waited = standing.postponed_to is not None and now >= standing.postponed_to
    acts = {
        DrawStatus.DRAFT: NextAct.OPEN if standing.has_rules else NextAct.PUBLISH_RULES,
        DrawStatus.OPEN: NextAct.CLOSE,
        DrawStatus.CLOSED: _before_freeze(standing),
        DrawStatus.FROZEN: NextAct.SKIP_MISSING if waited else NextAct.REVEAL,
        DrawStatus.REVEALED: NextAct.RUN if standing.has_digits else NextAct.VALUES,
        DrawStatus.DRAWN: _after_draw(standing),
        DrawStatus.PUBLISHED: NextAct.CLAIMS,
        DrawStatus.VOIDED: NextAct.NOTHING,
    }
    return acts[standing.status]


def step_of(act: NextAct) -> int:
    """Return the number of the step that an act belongs to, from 1; 8 where all are done."""
    return next((number for number, acts in enumerate(STEPS, 1) if act in acts), len(STEPS) + 1)


def _before_freeze(standing: Standing) -> NextAct:
    if not standing.witnesses or standing.committed < standing.witnesses:
        return NextAct.COMMITS
    return NextAct.CONFIRM_FREEZE if standing.freeze_proposed else NextAct.PROPOSE_FREEZE


def _after_draw(standing: Standing) -> NextAct:
    if standing.redraw_open:
        return NextAct.RUN if standing.has_digits else NextAct.VALUES
    return NextAct.CONFIRM_ABSENT if standing.absent_proposed else NextAct.ABSENT_OR_PUBLISH
