"""Many at once: real processes with real threads, each with the stall on the same database."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from eventsite.database import Busy, Unsettled, close
from tests.support.stall import make_stall

fork = multiprocessing.get_context("fork")
Work = Callable[[int], Any]
Toil = Callable[[int, Callable[[], None]], object]  # gets its job and the call that acknowledges it


def run_crowd(
    url: str, work: Work, jobs: Sequence[int], *, processes: int = 2, threads: int = 4
) -> list[Any]:
    """Return what `work` answered for each job, in no order; a refusal counts as `None`."""
    gate = fork.Barrier(processes)
    pipes, started = [], []
    for n in range(processes):
        ours, theirs = fork.Pipe(duplex=False)
        child = fork.Process(target=_crowd, args=(url, work, jobs[n::processes], threads, gate, theirs))
        child.start()
        theirs.close()
        pipes.append(ours)
        started.append(child)
    answers = [answer for pipe in pipes for answer in pipe.recv()]
    for pipe, child in zip(pipes, started, strict=True):
        pipe.close()
        child.join()
    return answers


def _crowd(url: str, work: Work, jobs: Sequence[int], threads: int, *line: Any) -> None:
    gate, answers = line
    app = make_stall(url)
    gate.wait()
    with ThreadPoolExecutor(threads) as pool:
        answers.send(list(pool.map(lambda job: _one(app, work, job), jobs)))
    close(app)


def _one(app: Flask, work: Work, job: int) -> Any:
    try:
        with app.app_context():
            return work(job)
    except (Busy, Unsettled):
        return None


class Victim:
    """A process that writes as fast as it can and notes each acknowledged job, until it is killed."""

    def __init__(self, url: str, work: Toil, notes: Path) -> None:
        self._notes = notes
        self._process = fork.Process(target=_work_and_note, args=(url, work, notes))
        self._process.start()

    def wait(self, after: int) -> None:
        """Wait until it has noted some jobs."""
        deadline = time.monotonic() + 20
        while len(self.noted()) < after and time.monotonic() < deadline:
            time.sleep(0.01)

    def kill(self, after: int) -> set[int]:
        """Kill it without warning once it has noted some jobs; return all that it had noted."""
        self.wait(after)
        os.kill(self._process.pid or 0, signal.SIGKILL)
        self._process.join()
        return self.noted()

    def noted(self) -> set[int]:
        """Return the jobs noted so far; a line cut by the kill does not count."""
        if not self._notes.exists():
            return set()
        return {
            int(line) for line in self._notes.read_text().splitlines(keepends=True) if line.endswith("\n")
        }


def _work_and_note(url: str, work: Toil, notes: Path) -> None:
    app = make_stall(url)
    out = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    first = int.from_bytes(os.urandom(4)) * 1_000_000

    def toil(lane: int) -> None:
        for n in range(100_000):
            job = first + lane * 100_000 + n
            try:
                with app.app_context():
                    work(job, partial(_note, out, job))
            except (Busy, Unsettled):
                continue

    for lane in range(4):
        threading.Thread(target=toil, args=(lane,), daemon=True).start()
    time.sleep(600)


def _note(out: int, job: int) -> None:
    os.write(out, f"{job}\n".encode())
