"""How troupes stand with the programme that is out, what they reported, and when they can perform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.models import Troupe, TroupeWindow
from eventsite.programme.queries import ReleaseView, current_release, list_troupes
from eventsite.troupes.core.slots import Answered, Slot, confirmed_number, only, slots_of, troupe_state
from eventsite.troupes.enums import TroupeState, Verdict
from eventsite.troupes.models import TroupeAccess, TroupeAnswer, TroupeProblem, WindowProposal
from eventsite.troupes.queries.accesses import find_access, list_accesses


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A troupe and how it stands; `proposals` counts the times that wait for an organizer."""

    troupe: Troupe
    access: TroupeAccess | None
    slots: tuple[Slot, ...]
    state: TroupeState
    problems: int
    proposals: int

    @property
    def number(self) -> int | None:
        """Return the release in which it last confirmed anything."""
        return confirmed_number(self.slots)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return self.troupe.words


def list_standings(event: Event) -> list[Standing]:
    """Return the event's troupes in the order of the file, each with how it stands."""
    view = current_release(event)
    accesses, answers = list_accesses(event), answers_of(event)
    problems = _counted(event, TroupeProblem, TroupeProblem.answered_at.is_(None))
    proposals = _counted(event, WindowProposal, WindowProposal.verdict == Verdict.WAITING)
    return [
        _standing(
            view,
            troupe,
            accesses.get(troupe.id),
            answers.get(troupe.id, {}),
            (problems.get(troupe.id, 0), proposals.get(troupe.id, 0)),
        )
        for troupe in list_troupes(event)
    ]


def read_standing(event: Event, troupe: Troupe) -> Standing:
    """Return how one troupe stands."""
    counts = (
        sum(row.answered_at is None for row in list_problems(troupe)),
        sum(row.verdict is Verdict.WAITING for row in list_proposals(troupe)),
    )
    own = answers_of(event, troupe).get(troupe.id, {})
    return _standing(current_release(event), troupe, find_access(troupe), own, counts)


def answers_of(event: Event, troupe: Troupe | None = None) -> Mapping[int, Mapping[str, Answered]]:
    """Return what troupes confirmed, by the troupe's row and the item's id."""
    own = select(TroupeAnswer).where(TroupeAnswer.event_id == event.id)
    if troupe is not None:
        own = own.where(TroupeAnswer.troupe_id == troupe.id)
    found: dict[int, dict[str, Answered]] = {}
    for row in db.session.scalars(own):
        slot = TimeRange(row.starts_at, row.ends_at)
        said = Answered(stage=row.stage, slot=slot, off=row.off, number=row.release_number)
        found.setdefault(row.troupe_id, {})[row.item] = said
    return found


def list_problems(troupe: Troupe) -> Sequence[TroupeProblem]:
    """Return what a troupe reported, newest first."""
    return db.session.scalars(
        select(TroupeProblem)
        .where(TroupeProblem.troupe_id == troupe.id)
        .order_by(TroupeProblem.at.desc(), TroupeProblem.id.desc())
    ).all()


def list_open_problems(event: Event) -> Sequence[tuple[TroupeProblem, Troupe]]:
    """Return what troupes reported and nobody has answered, oldest first."""
    rows = db.session.execute(
        select(TroupeProblem, Troupe)
        .join(Troupe, Troupe.id == TroupeProblem.troupe_id)
        .where(TroupeProblem.event_id == event.id, TroupeProblem.answered_at.is_(None))
        .order_by(TroupeProblem.at, TroupeProblem.id)
    )
    return [(problem, troupe) for problem, troupe in rows]


def get_problem_to_write(troupe: Troupe, problem_id: int) -> TroupeProblem:
    """Return a problem of the troupe, held until the running operation ends; raises `NotFound`."""
    own = select(TroupeProblem).where(TroupeProblem.troupe_id == troupe.id, TroupeProblem.id == problem_id)
    found = db.session.scalar(own.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound(N_("This troupe has not reported that."))
    return found


def list_proposals(troupe: Troupe) -> Sequence[WindowProposal]:
    """Return the times at which a troupe said that it cannot perform, by time."""
    return db.session.scalars(
        select(WindowProposal)
        .where(WindowProposal.troupe_id == troupe.id)
        .order_by(WindowProposal.starts_at, WindowProposal.id)
    ).all()


def list_waiting_proposals(event: Event) -> Sequence[tuple[WindowProposal, Troupe]]:
    """Return the proposed times that nobody has decided, oldest first."""
    rows = db.session.execute(
        select(WindowProposal, Troupe)
        .join(Troupe, Troupe.id == WindowProposal.troupe_id)
        .where(WindowProposal.event_id == event.id, WindowProposal.verdict == Verdict.WAITING)
        .order_by(WindowProposal.at, WindowProposal.id)
    )
    return [(proposal, troupe) for proposal, troupe in rows]


def get_proposal_to_write(troupe: Troupe, proposal_id: int) -> WindowProposal:
    """Return a proposal of the troupe, held until the running operation ends; raises `NotFound`."""
    own = select(WindowProposal).where(
        WindowProposal.troupe_id == troupe.id, WindowProposal.id == proposal_id
    )
    found = db.session.scalar(own.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound(N_("This troupe has not proposed that."))
    return found


def list_windows(troupe: Troupe) -> Sequence[TroupeWindow]:
    """Return when a troupe can perform, by time; none means always."""
    return db.session.scalars(
        select(TroupeWindow)
        .where(TroupeWindow.troupe_id == troupe.id)
        .order_by(TroupeWindow.starts_at, TroupeWindow.id)
    ).all()


def _standing(
    view: ReleaseView | None,
    troupe: Troupe,
    access: TroupeAccess | None,
    answers: Mapping[str, Answered],
    counts: tuple[int, int],
) -> Standing:
    slots = slots_of(only({troupe.ref}, view.programme.items) if view else (), answers)
    has_link = access is not None and access.body is not None
    return Standing(
        troupe=troupe,
        access=access,
        slots=slots,
        state=troupe_state(slots, has_link=has_link, problems=counts[0]),
        problems=counts[0],
        proposals=counts[1],
    )


def _counted(
    event: Event, model: type[TroupeProblem] | type[WindowProposal], open_: object
) -> Mapping[int, int]:
    rows = db.session.execute(
        select(model.troupe_id, func.count())
        .where(model.event_id == event.id, open_)  # type: ignore[arg-type]
        .group_by(model.troupe_id)
    )
    return {row.troupe_id: row[1] for row in rows}
