"""What strangers send is taken apart in a child process of small means: little memory and time, no secret.

The same file is both sides: `confined` in the site, and the program that the child runs.
"""

import importlib
import json
import logging
import math
import resource
import subprocess
import sys
import threading
from pathlib import Path

if __name__ == "__main__":  # the child begins with nothing on its path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_
from eventsite.kernel.writer import Busy

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 2**20
CHILDREN = threading.BoundedSemaphore(2)  # of one process at a time: each may take all of its megabytes
PATIENCE = 5.0  # seconds that a request waits for a place
SPARE = 1.0  # seconds on the wall beyond those on the processor
TOLD = 300  # signs of a crash that go into the log
DONE, REFUSED = b"+", b"-"
BARE = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}  # no setting of the site, and so no key of it
OUT_OF_MEMORY = 77


class Refused(DomainError):
    """What was sent is not what it should be; the sentence is the task's own."""


class Overrun(DomainError):
    """The task needed more time or memory than it was given."""


class Crashed(DomainError):
    """The task ended without an answer."""


def confined(task: str, data: bytes, *, seconds: float, megabytes: int) -> bytes:
    """Return what a function makes of `data`, run in a child process; `task` is `package.module:function`.

    Raises `Refused` with the sentence of a `DomainError` that the function raised, `Overrun`, `Crashed`, and
    `Busy` where too many are at it. Never call it inside `atomic()`: it takes as long as `seconds`.
    """
    if not CHILDREN.acquire(timeout=PATIENCE):
        raise Busy
    try:
        status, told, why = _run(task, data, seconds, megabytes)
    finally:
        CHILDREN.release()
    if status == 0 and told[:1] == DONE:
        return told[1:]
    if status == 0 and told[:1] == REFUSED:
        refusal = json.loads(told[1:])
        raise Refused(refusal["message"], field=refusal["field"], **refusal["params"])
    log.warning("%s ended with status %s: %s", task, status, why.decode(errors="replace")[-TOLD:])
    if status in (OUT_OF_MEMORY, -9, -24):  # its own word for it, SIGKILL, SIGXCPU
        raise _overrun()
    raise Crashed(N_("This file cannot be read: it is damaged, or not what its name says."))


def _run(task: str, data: bytes, seconds: float, megabytes: int) -> tuple[int, bytes, bytes]:
    limits = (str(math.ceil(seconds)), str(megabytes * MEGABYTE))
    with subprocess.Popen(
        [sys.executable, "-I", __file__, task, *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BARE,
        cwd="/",
        start_new_session=True,
    ) as child:
        try:
            told, why = child.communicate(data, timeout=seconds + SPARE)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise _overrun() from error
    return child.returncode, told, why


def _overrun() -> Overrun:
    return Overrun(N_("This file takes too long or too much memory to read. Send a smaller or simpler one."))


def _give_up(seconds: int, memory: int) -> None:
    """Give up what the task does not need, for good."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))


def _serve(task: str, seconds: str, memory: str) -> int:
    """Do the task with what comes in, write what it returns, and return the exit status.

    Nothing is logged: readers of files warn once for each oddity, and the site would hold it all in memory.
    """
    _give_up(int(seconds), int(memory))
    logging.disable(logging.CRITICAL)
    module, _, name = task.partition(":")
    try:
        answer = DONE + getattr(importlib.import_module(module), name)(sys.stdin.buffer.read())
    except DomainError as refusal:
        told = {"message": refusal.message, "field": refusal.field, "params": refusal.params}
        answer = REFUSED + json.dumps(told).encode()
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_serve(*sys.argv[1:]))
