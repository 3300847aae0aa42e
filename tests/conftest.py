"""The site for tests: on SQLite and on PostgreSQL, each test in a transaction that is undone.

`app` is that site, `client` a browser for it. `real_app` is a site with a database of its own where commits
are commits: for races, and where a second connection looks. Tests marked `both_databases` run on both.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from eventsite.application import create_app
from eventsite.database import close, create_tables
from tests.support.isolation import PageClient, isolated
from tests.support.postgres import PostgresServer
from tests.support.stall import make_stall, make_tables

HOME = "EVENTSITE_TEST_HOME"
KINDS = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=(*KINDS, "both"), default="both", help="databases that tests run on")


def pytest_configure(config: pytest.Config) -> None:
    """Make one folder for the run; the processes of xdist find it in the environment."""
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix="eventsite-"))
        home.chmod(0o755)  # root's PostgreSQL runs as nobody
        os.environ[HOME] = str(home)
        os.environ["EVENTSITE_INSTANCE_DIR"] = str(home / "instance")


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the PostgreSQL server, if a test started it, and remove the folder."""
    if not hasattr(config, "workerinput"):
        home = Path(os.environ.pop(HOME))
        PostgresServer(home / "pg").stop()
        shutil.rmtree(home, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the databases of a test that uses one."""
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        both = metafunc.definition.get_closest_marker("both_databases") is not None
        kinds = KINDS if both else KINDS[:1]
        metafunc.parametrize("database", [chosen] if chosen != "both" else kinds, indirect=True)


class Sites:
    """The sites of one test process: one a database kind, made when first asked for."""

    def __init__(self, home: Path, worker: str) -> None:
        self._home, self._worker, self._count = home, worker, 0
        self._shared: dict[str, Flask] = {}
        self._stalls: dict[str, str] = {}

    def shared(self, kind: str) -> Flask:
        """Return the site on which hot acts join the test's transaction."""
        if kind not in self._shared:
            self._shared[kind] = self.make(kind, inline=True)
        return self._shared[kind]

    def make(self, kind: str, *, inline: bool) -> Flask:
        """Return a new site with empty tables."""
        app = create_app(self.settings(kind) | {"WRITES_INLINE": inline})
        app.test_client_class = PageClient
        with app.app_context():
            create_tables()
        return app

    def new_url(self, kind: str, *, template: str | None = None) -> str:
        """Return the address of a new database: empty, or a copy of another on the same server."""
        self._count += 1
        name = f"test_{self._worker}_{self._count}"
        if kind == "sqlite":
            return f"sqlite:///{self._home}/{name}.db"
        model = str(make_url(template).database) if template else "template1"
        return self.postgres().create_database(name, template=model)

    def new_stall(self, kind: str) -> str:
        """Return the address of a copy of the stall's database: faster than making its tables each time."""
        if kind not in self._stalls:
            self._stalls[kind] = self.new_url(kind)
            first = make_stall(self._stalls[kind])
            make_tables(first, gifts=5)
            close(first)
        if kind == "postgres":
            return self.new_url(kind, template=self._stalls[kind])
        url = self.new_url(kind)
        shutil.copy(self._stalls[kind].removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url

    def close_one(self, app: Flask) -> None:
        """Close a site and drop its database; a run makes hundreds of them."""
        close(app)
        url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
        if url.drivername.startswith("postgresql"):
            self.postgres().drop_database(str(url.database))

    def postgres(self) -> PostgresServer:
        """Return the running server of this test run."""
        server = PostgresServer(self._home / "pg")
        server.ensure_started()
        return server

    def close(self) -> None:
        """Close the shared sites."""
        for app in self._shared.values():
            close(app)

    def settings(self, kind: str) -> dict[str, object]:
        own = self._home / f"files-{self._worker}"
        return {
            "TESTING": True,
            "SQLALCHEMY_DATABASE_URI": self.new_url(kind),
            "SECRET_KEY": "the key of the tests, known to everybody",
            "SECURITY_PASSWORD_HASH": "plaintext",  # argon2 takes a tenth of a second
            "FILES_DIR": str(own / "files"),
            "KEYS_DIR": own / "keys",
            "WRITES_POOL_SIZE": 4,
        }


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Return the name of this test process."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def sites(worker_id: str) -> Iterator[Sites]:
    """Return the maker of sites."""
    with ExitStack() as stack:
        made = Sites(Path(os.environ[HOME]), worker_id)
        stack.callback(made.close)
        yield made


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Return the kind of database of this run of the test."""
    kind: str = request.param
    return kind


@pytest.fixture
def app(database: str, sites: Sites) -> Iterator[Flask]:
    """Return the site; all that the test writes is undone at its end."""
    site = sites.shared(database)
    with isolated(site):
        yield site


@pytest.fixture
def real_app(database: str, sites: Sites) -> Iterator[Flask]:
    """Return a site with a database of its own, where commits are commits."""
    made = sites.make(database, inline=False)
    yield made
    sites.close_one(made)


@pytest.fixture
def stall(database: str, sites: Sites) -> Iterator[Flask]:
    """Return the small site of `tests/support/stall.py`, with five gifts, on a database of its own."""
    made = make_stall(sites.new_stall(database))
    yield made
    sites.close_one(made)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """Hold an app context for tests that call operations and queries; a client opens its own."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> PageClient:
    """Return a browser without a session."""
    found = app.test_client()
    assert isinstance(found, PageClient)
    return found


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Keep pytest-flask from holding one context for the whole test: requests would share `g` and session."""


@pytest.fixture(autouse=True)
def _monkeypatch_response_class() -> None:
    """Keep pytest-flask from replacing the response class of a site that other tests share."""
