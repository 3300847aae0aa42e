"""What people wait for: work that a request asked for, and the job process takes up within a second."""

import importlib
import logging
import threading

from flask import Flask, current_app

from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError
from eventsite.placement.core.packing import unpack_task
from eventsite.placement.operations.proposals import fail, finish, take_waiting
from eventsite.scheduling.core.packing import unpack_task as unpack_schedule
from eventsite.scheduling.operations import proposals as schedules
from eventsite.scheduling.queries import is_wanted

LOOK_EVERY = 1.0  # seconds
FAULTS = (ArithmeticError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)  # of a library
log = logging.getLogger(__name__)


def watch(app: Flask, stop: threading.Event) -> threading.Thread:
    """Look for waiting work in a thread until `stop`; what it is at then, another process takes up later."""
    thread = threading.Thread(target=_look_out, args=(app, stop), name="waiting", daemon=True)
    thread.start()
    return thread


def solve_waiting() -> bool:
    """Work out the placement proposal that has waited longest; tell whether there was one.

    Whatever the solver's library raises is kept with the proposal, so that its page can say so.
    """
    proposal = take_waiting(clock.now())
    if proposal is None:
        return False
    solving = importlib.import_module("eventsite.placement.solving")  # 80 MB that only this process needs
    try:
        outcome = solving.propose(unpack_task(proposal.task), seconds=proposal.seconds, relax=proposal.relax)
    except FAULTS as error:
        log.exception("placement proposal %s", proposal.id)
        fail(proposal, f"{type(error).__name__}: {error}", now=clock.now())
    else:
        finish(proposal, outcome, now=clock.now())
    return True


def schedule_waiting() -> bool:
    """Work out the timetable proposal that has waited longest; tell whether there was one.

    One that is called off meanwhile is given up within a second.
    """
    proposal = schedules.take_waiting(clock.now())
    if proposal is None:
        return False
    solving = importlib.import_module("eventsite.scheduling.solving")
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    number = proposal.id

    def wanted() -> bool:
        with app.app_context():
            return is_wanted(number)

    try:
        outcome = solving.propose(unpack_schedule(proposal.task), seconds=proposal.seconds, wanted=wanted)
    except FAULTS as error:
        log.exception("schedule proposal %s", number)
        schedules.fail(proposal, f"{type(error).__name__}: {error}", now=clock.now())
    else:
        schedules.finish(proposal, outcome, now=clock.now())
    return True


def _look_out(app: Flask, stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        with app.app_context():
            try:
                while (solve_waiting() or schedule_waiting()) and not stop.is_set():
                    pass
            except DomainError:
                log.exception("waiting work")  # a busy database: it waits on, and is looked at again
