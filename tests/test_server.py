"""What `make run` starts: addresses and settings, both processes together, and their end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from eventsite.server import DEMO_NOW, Address, keep_settings, lan_address, read_address, settings_for

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, Address("127.0.0.1", 8000, "http://127.0.0.1:8000")),
        ({"PORT": "8001"}, Address("127.0.0.1", 8001, "http://127.0.0.1:8001")),
        ({"HOST": "::1"}, Address("::1", 8000, "http://[::1]:8000")),
        (
            {"HOST": "0.0.0.0", "EVENTSITE_BASE_URL": "https://fair.example"},
            Address("0.0.0.0", 8000, "https://fair.example"),
        ),
    ],
)
def test_address_follows_host_port_and_base_url(settings: dict[str, str], address: Address) -> None:
    assert read_address(settings) == address


def test_address_for_everyone_leads_to_this_machine_in_its_network() -> None:
    assert read_address({"HOST": "0.0.0.0"}).base_url == f"http://{lan_address() or '127.0.0.1'}:8000"


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SystemExit, match=f"PORT={port} is no port"):
        read_address({"PORT": port})


def test_demo_site_gets_one_clock_and_one_address_for_all_processes() -> None:
    address = Address("127.0.0.1", 8001, "http://127.0.0.1:8001")
    assert settings_for({}, address, started=1757125200.7) == {
        "EVENTSITE_DEMO_NOW": DEMO_NOW,
        "EVENTSITE_DEMO_STARTED": "1757125200",
        "EVENTSITE_BASE_URL": "http://127.0.0.1:8001",
    }


def test_demo_clock_that_is_set_empty_stays_off() -> None:
    address = Address("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings_for({"EVENTSITE_DEMO_NOW": ""}, address, started=0)["EVENTSITE_DEMO_NOW"] == ""


def test_unsafe_production_is_refused_in_one_line(tmp_path: Path) -> None:
    environment = {
        "EVENTSITE_ENV": "production",
        "EVENTSITE_BASE_URL": "",
        "EVENTSITE_INSTANCE_DIR": str(tmp_path),
    }
    started = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 1
    assert started.stderr == (
        "The site does not start: EVENTSITE_BASE_URL is needed in production: all codes and links carry it. "
        "Settings: docs/configuration.md\n"
    )


def test_production_states_its_own_settings() -> None:
    settings = {"EVENTSITE_ENV": "production"}
    assert settings_for(settings, Address("127.0.0.1", 8000, ""), started=0) == settings


class Site:
    """A site of its own under `python -m eventsite.server`."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.home = home
        self.settings = {
            **{name: value for name, value in os.environ.items() if not name.startswith("EVENTSITE_")},
            "PORT": str(self.port),
            "EVENTSITE_INSTANCE_DIR": str(home),
        }
        self.process = self.start()

    def start(self) -> subprocess.Popen[str]:
        """Start the program of `make run` on the site's port."""
        command = [sys.executable, "-m", "eventsite.server"]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def answers(self, path: str) -> int | None:
        """Ask for a page; `None` where nobody listens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def wait_until_ready(self) -> None:
        """Wait for the first answer."""
        deadline = time.monotonic() + PATIENCE
        while self.answers("/healthz") is None:
            assert self.process.poll() is None, self.process.stdout and self.process.stdout.read()
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def children(self) -> list[int]:
        """Find the processes that the program has started itself."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def end(self) -> str:
        """Wait for the program's end and return what it said."""
        said, _ = self.process.communicate(timeout=PATIENCE)
        return said


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a site that serves the demo event."""
    made = Site(tmp_path / "instance")
    made.wait_until_ready()
    yield made
    if made.process.poll() is None:
        made.process.terminate()
        made.end()


def test_site_starts_with_the_demo_event_and_stops_when_asked(site: Site) -> None:
    assert site.answers("/e/jinan-2025/") == 200
    kept = site.home / "demo-accounts.txt"
    assert kept.stat().st_mode & 0o777 == 0o600
    second = site.start()
    said, _ = second.communicate(timeout=PATIENCE)
    assert (second.returncode, "Cannot listen on" in said) == (1, True)
    site.process.send_signal(signal.SIGINT)
    said = site.end()
    assert site.process.returncode == 0
    assert f"The fair is at http://127.0.0.1:{site.port}." in said
    assert site.answers("/healthz") is None


def test_command_beside_a_demo_site_has_its_clock_and_address(tmp_path: Path) -> None:
    keep_settings(
        {
            "EVENTSITE_INSTANCE_DIR": str(tmp_path),
            "EVENTSITE_BASE_URL": "http://192.0.2.7:8001",
            "EVENTSITE_DEMO_NOW": DEMO_NOW,
            "EVENTSITE_DEMO_STARTED": str(int(time.time())),
        }
    )
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import app, eventsite.kernel.clock as c; print(app.app.config['BASE_URL'], c.now())",
        ],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("EVENTSITE_")}
        | {"EVENTSITE_INSTANCE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith("http://192.0.2.7:8001 2025-09-06 02:2")


def test_real_site_leaves_no_demo_settings(tmp_path: Path) -> None:
    keep_settings({"EVENTSITE_ENV": "production", "EVENTSITE_INSTANCE_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.soak
@pytest.mark.parametrize("which", [0, 1])
def test_death_of_either_process_stops_the_other(site: Site, which: int) -> None:
    children = site.children()
    assert len(children) == 2
    os.kill(children[which], signal.SIGKILL)
    assert "ended by itself" in site.end()
    assert site.process.returncode == 1
    assert site.answers("/healthz") is None


@pytest.mark.soak
def test_death_of_the_program_stops_both(site: Site) -> None:
    site.process.kill()
    site.end()
    deadline = time.monotonic() + PATIENCE
    while site.answers("/healthz") is not None:
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.soak
def test_second_start_is_quick(site: Site) -> None:
    site.process.terminate()
    site.end()
    started = time.monotonic()
    site.process = site.start()
    site.wait_until_ready()
    assert time.monotonic() - started < 5
