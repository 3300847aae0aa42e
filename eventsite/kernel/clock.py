"""The one clock of the site, and the only reader of the demo instant.

A demo site's clock starts at `EVENTSITE_DEMO_NOW` and then runs. `EVENTSITE_DEMO_STARTED` (Unix seconds, set
by the program that starts the processes) makes all processes agree on when it started.
"""

import os
import time
from datetime import UTC, datetime
from functools import lru_cache

from eventsite.kernel.errors import Misconfigured

_PROCESS_STARTED = time.time()


def now() -> datetime:
    """Return the site's time as an aware UTC datetime."""
    real = datetime.now(UTC)
    start = demo_start()
    if start is None:
        return real
    return start + (real - datetime.fromtimestamp(_anchor(), UTC))


def machine_now() -> datetime:
    """Return the machine's own time, for what a demo clock must not stretch: sessions, links, limits."""
    return datetime.now(UTC)


def demo_start() -> datetime | None:
    """Return the instant at which the demo clock started, `None` on a site without one.

    Raises `Misconfigured` for a value that is no ISO 8601 instant with an offset.
    """
    text = os.environ.get("EVENTSITE_DEMO_NOW", "")
    return _read(text) if text else None


@lru_cache(maxsize=1)
def _read(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Misconfigured(f"EVENTSITE_DEMO_NOW={text!r} is no date and time") from error
    if instant.tzinfo is None:
        raise Misconfigured(f"EVENTSITE_DEMO_NOW={text!r} needs an offset such as +08:00")
    return instant.astimezone(UTC)


def _anchor() -> float:
    return float(os.environ.get("EVENTSITE_DEMO_STARTED") or _PROCESS_STARTED)
