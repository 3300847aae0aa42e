"""A site on a port of this machine, with a database of its own and real threads."""

import logging
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from eventsite.application import create_app
from eventsite.database import close, create_tables
from tests.support.isolation import PageClient

QUIET = logging.getLogger("werkzeug")


@dataclass(frozen=True)
class LiveSite:
    """A site that answers at `url`, on this port of the machine."""

    app: Flask
    url: str
    port: int


@contextmanager
def live_site(name: str = "") -> Iterator[LiveSite]:
    """Serve an empty site on a free port, with a database of its own.

    Its address is that of the port, or `http://name`, which a browser has to be led to.
    """
    with tempfile.TemporaryDirectory(prefix="eventsite-") as folder, _free_port() as port:
        home = Path(folder)
        number = port.getsockname()[1]
        url = f"http://{name or f'127.0.0.1:{number}'}"
        app = create_app(_settings(home, url))
        app.test_client_class = PageClient
        with app.app_context():
            create_tables()
        with _serving(app, port):
            yield LiveSite(app, url, number)
        close(app)


def _settings(home: Path, url: str) -> dict[str, object]:
    return {
        "TESTING": True,
        "BASE_URL": url,
        "INSTANCE_DIR": str(home),
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home}/site.db",
        "SECRET_KEY": "the key of the tests, known to everybody",
        "SECURITY_PASSWORD_HASH": "plaintext",
        "FILES_DIR": str(home / "files"),
        "KEYS_DIR": home / "keys",
    }


@contextmanager
def _free_port() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as port:
        yield port


@contextmanager
def _serving(app: Flask, port: socket.socket) -> Iterator[None]:
    """Answer with real threads, as the production server does."""
    level = QUIET.level
    QUIET.setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port.getsockname()[1], app, threaded=True, fd=port.fileno())
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        QUIET.setLevel(level)
