"""The site's clock in a test's hand: the demo clock, set anew whenever the story goes on."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

OPENING = "2025-09-06T10:20+08:00"
NAMES = ("EVENTSITE_DEMO_NOW", "EVENTSITE_DEMO_STARTED")


def set_clock(instant: str) -> None:
    """Let the clock of this process show the instant now, and run on from it."""
    os.environ.update(zip(NAMES, (instant, str(time.time())), strict=True))


@contextmanager
def running_clock(instant: str = OPENING) -> Iterator[None]:
    """Run the clock from an instant, and give the machine's time back at the end."""
    set_clock(instant)
    try:
        yield
    finally:
        for name in NAMES:
            os.environ.pop(name)
