"""Partners hear of what happens within seconds: a thread of the job process looks out for it.

The job of each minute does the same, should the thread ever end.
"""

import logging
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventsite.database import Busy, Unsettled
from eventsite.jobs.schedule import tell_partners

LOOK_EVERY = 2.0  # seconds
log = logging.getLogger(__name__)


def tell_soon(app: Flask, stop: threading.Event) -> threading.Thread:
    """Look for what partners are to be told in a thread until `stop`."""
    thread = threading.Thread(target=_look_out, args=(app, stop), name="telling", daemon=True)
    thread.start()
    return thread


def _look_out(app: Flask, stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        with app.app_context():
            try:
                tell_partners()
            except (Busy, Unsettled, SQLAlchemyError):
                log.exception("telling partners")  # it waits, and is looked at again
