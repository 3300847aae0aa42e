"""`python -m bench [names…]`: measure and print the ratios; `QUICK=1` in the environment for a quick look."""

import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.editor import ENTRIES as DROPPED
from bench.entries import ENTRIES as REQUESTS
from bench.entries import Stage
from bench.exports import ENTRIES as WRITTEN
from bench.figures import Miscounted, Row, Skipped
from bench.load import CONNECTIONS, client_name
from bench.market import ENTRIES as WORK
from bench.plan import ENTRIES as DRAWN
from bench.schedule import ENTRIES as TIMED

ENTRIES = {**REQUESTS, **WRITTEN, **WORK, **DRAWN, **TIMED, **DROPPED}

QUICK = os.environ.get("QUICK", "") not in {"", "0"}
PAIRS, SECONDS = (5, 1) if QUICK else (7, 3)
HEAD = f"{'':<64} {'ratio':>6}  {'of pairs':>11}  {'must':<7} {'aim':>5}"


def main() -> None:
    """Run the entries named, all by default; exit 1 where a row is not met or a run was not sound."""
    names = sys.argv[1:] or list(ENTRIES)
    unknown = [name for name in names if name not in ENTRIES]
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(ENTRIES)}")
    began = time.monotonic()
    print(f"{PAIRS} pairs of {SECONDS} s, {CONNECTIONS} connections by {client_name()}; {load()}")
    print(HEAD, flush=True)
    good = [measure(name) for name in names]
    print(f"took {time.monotonic() - began:.0f} s; {load()}")
    sys.exit(0 if all(good) else 1)


def measure(name: str) -> bool:
    """Run one entry, print its rows, and tell whether all were met or rightly skipped."""
    # Not /tmp, which may be memory: a flush there costs nothing. PostgreSQL under root runs as nobody.
    folder = Path(tempfile.mkdtemp(prefix="eventsite-bench-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        with ExitStack() as stack:
            rows = list(ENTRIES[name](Stage(folder, stack, PAIRS, SECONDS)))
    except Skipped as reason:
        print(f"{name:<64} skipped: {reason}", flush=True)
        return True
    except Miscounted as reason:
        print(f"{name:<64} UNSOUND: {reason}", flush=True)
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return show(rows)


def show(rows: list[Row]) -> bool:
    """Print the rows and tell whether all are met."""
    for row in rows:
        print(row.line(), flush=True)
    return all(row.met for row in rows)


def load() -> str:
    """Tell how busy the machine is."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs"


if __name__ == "__main__":
    main()
