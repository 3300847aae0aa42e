"""Prepare the site and serve it: the production server and one job process, started and stopped together.

`make run` starts this. It imports the site once; the preparation, the server with its workers and the job
process are forked from that, so a start costs one import. Nothing here makes an application, opens the
database or starts a thread before the fork.
"""

import ctypes
import importlib
import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from dotenv import dotenv_values
from flask.cli import main as flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from config import DEMO_SETTINGS

ROOT = Path(__file__).resolve().parent.parent
DEMO_NOW = "2025-09-06T10:20+08:00"
SHARED = ("EVENTSITE_BASE_URL", "EVENTSITE_DEMO_NOW", "EVENTSITE_DEMO_STARTED")
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with what the person asked for
GRACE = 10
PARENT_DIED = 1  # PR_SET_PDEATHSIG


class Stop(Exception):
    """Somebody asked the site to stop."""


@dataclass(frozen=True)
class Address:
    """Where the site listens, and the address that its codes and links are built from."""

    host: str
    port: int
    base_url: str

    @property
    def reached_at(self) -> str:
        """The host by which this machine reaches the site."""
        return "127.0.0.1" if self.host in EVERYWHERE else self.host

    @property
    def local_url(self) -> str:
        """The address by which this machine reaches the site."""
        return f"http://{_in_url(self.reached_at)}:{self.port}"


def main() -> None:
    """Serve until Ctrl-C, SIGTERM, or the end of either process; exit 1 when one ended by itself."""
    os.chdir(ROOT)
    settings = {name: value or "" for name, value in dotenv_values(ROOT / ".env").items()} | dict(os.environ)
    address = read_address(settings)
    refuse_taken_port(address)
    os.environ.update(settings_for(settings, address, started=time.time()))
    _hear(_stop)
    try:
        importlib.import_module("eventsite.application")
        _prepare()
        keep_settings(os.environ)
        sys.exit(_serve(address))
    except Stop:
        sys.exit(0)


def read_address(settings: Mapping[str, str]) -> Address:
    """Read HOST, PORT and EVENTSITE_BASE_URL; without the last, find where phones reach this machine."""
    host, port = settings.get("HOST") or "127.0.0.1", _port(settings.get("PORT") or "8000")
    return Address(host, port, settings.get("EVENTSITE_BASE_URL") or _base_url(host, port))


def settings_for(settings: Mapping[str, str], address: Address, *, started: float) -> dict[str, str]:
    """Complete the settings that all processes of a demo site must share; a real site states its own."""
    if settings.get("EVENTSITE_ENV", "demo") == "production":
        return dict(settings)
    return {
        "EVENTSITE_DEMO_NOW": DEMO_NOW,
        "EVENTSITE_DEMO_STARTED": str(int(started)),
        **settings,
        "EVENTSITE_BASE_URL": address.base_url,
    }


def keep_settings(settings: Mapping[str, str]) -> None:
    """Leave a demo site's clock and address in its folder, for commands that run beside it."""
    if settings.get("EVENTSITE_ENV", "demo") == "production":
        return
    folder = Path(settings.get("EVENTSITE_INSTANCE_DIR") or ROOT / "instance")
    lines = [f"{name}='{settings[name]}'\n" for name in SHARED if name in settings]
    (folder / DEMO_SETTINGS).write_text("".join(lines), encoding="utf-8")


def refuse_taken_port(address: Address) -> None:
    """End with a clear sentence where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            sys.exit(
                f"Cannot listen on {address.host}:{address.port}: {error.strerror}.\n"
                "If another program has the port, choose one: make run PORT=8001"
            )


def lan_address() -> str | None:
    """Find the address by which other machines of the network reach this one; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith("127.") else found


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is no port: a number from 1 to 65535 is needed.")
    return int(text)


def _base_url(host: str, port: int) -> str:
    if host not in EVERYWHERE:
        return f"http://{_in_url(host)}:{port}"
    found = lan_address()
    if found is None:
        print("This machine's address in the network could not be found: printed codes will work here only.")
        print("Set EVENTSITE_BASE_URL to the address that phones can reach.")
    return f"http://{found or '127.0.0.1'}:{port}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _hear(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Set what happens when somebody asks to stop: Ctrl-C, SIGTERM, or the end of the terminal."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    _hear(signal.SIG_IGN)
    raise Stop


def _prepare() -> None:
    """Bring the database up to date and put the demo event into an empty one, in a process of its own."""
    process = _start(_run_flask, "demo", "prepare")
    try:
        process.join()
    finally:
        _end([process])
    if process.exitcode != 0:
        sys.exit("The site could not be prepared; the lines above say why.")


def _serve(address: Address) -> int:
    """Run both processes until one ends or somebody asks to stop, then stop what is left."""
    processes = {"server": _start(_run_server, address), "job process": _start(_run_flask, "jobs")}
    try:
        _announce(address, processes)
        while not (ended := [name for name, process in processes.items() if not process.is_alive()]):
            time.sleep(0.2)
        print(f"The {' and the '.join(ended)} ended by itself; the site stops.", file=sys.stderr)
        return 1
    finally:
        _hear(signal.SIG_IGN)
        _end([*processes.values()])


def _announce(address: Address, processes: dict[str, BaseProcess]) -> None:
    """Wait for the first answer of the server and say where it is; return early when a process ends."""
    while all(process.is_alive() for process in processes.values()):
        if _answers(address):
            print(f"\nThe fair is at {address.local_url}.")
            print(f"The team signs in at {address.local_url}/admin/")
            if address.base_url != address.local_url:
                print(f"Codes and links lead to {address.base_url}")
            print("Ctrl-C stops it.", flush=True)
            return
        time.sleep(0.05)


def _answers(address: Address) -> bool:
    """Tell whether the server answers at all; any status will do."""
    connection = HTTPConnection(address.reached_at, address.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _start(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """Fork a process that hears nothing of the terminal and ends with this one."""
    process = multiprocessing.get_context("fork").Process(target=_child, args=(os.getpid(), work, *arguments))
    process.start()
    return process


def _child(parent: int, work: Callable[..., None], *arguments: object) -> None:
    _hear(signal.SIG_DFL)
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)
    if os.getppid() == parent:
        work(*arguments)


def _run_flask(*arguments: str) -> None:
    sys.argv = ["flask", "--app", "app", *arguments]
    flask()


def _run_server(address: Address) -> None:
    build_server("app:app", host=address.host, port=address.port).serve()


def build_server(target: str, *, host: str, port: int) -> MPServer:
    """Return a server with the options that were measured: two workers of eight threads, HTTP/1 alone."""
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.getMessage())
    return MPServer(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=2,
        blocking_threads=8,
        runtime_threads=1,
        backlog=1024,
        http1_settings=HTTP1Settings(header_read_timeout=5000),
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    )


def _end(processes: Collection[BaseProcess]) -> None:
    """Ask every process to stop, and after the grace period end whatever is left of its group."""
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for process in processes:
        process.join(max(0, deadline - time.monotonic()))
        _signal_group(process, signal.SIGKILL)


def _signal_group(process: BaseProcess, number: int) -> None:
    if process.pid is None:
        return
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        process.terminate()  # all of it has ended, or it has not made its group yet


if __name__ == "__main__":
    main()
