"""Starting and stopping the programs that are measured: loopback only, each ended by its own id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A program that is being served."""

    pid: int
    port: int

    def cpu(self) -> float:
        """Return the CPU time that it and its workers have used, in seconds."""
        return sum(_cpu(pid) for pid in _family(self.pid))


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(target: str, settings: Mapping[str, str], *, port: int | None = None) -> Iterator[Server]:
    """Serve an application until the block ends, with these settings beside the usual environment."""
    port = port or free_port()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("EVENTSITE_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.serve", target, str(port)],
        cwd=ROOT,
        env=plain | dict(settings),
        start_new_session=True,
    )
    try:
        _wait_for_answer(process, port, target)
        yield Server(process.pid, port)
    finally:
        _end(process)


def _wait_for_answer(process: subprocess.Popen[bytes], port: int, target: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{target} does not answer")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK
