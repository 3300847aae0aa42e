"""The site as it is measured: a scratch instance with the fair of Jinan, 300 items and its own visitors."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import text

from bench.servers import ROOT
from eventsite.accounts.core import system
from eventsite.application import create_app
from eventsite.checkin.core.passes import new_key
from eventsite.checkin.operations.stamping import stamp
from eventsite.checkin.queries import find_facts, list_checkpoints
from eventsite.database import close, create_tables, db
from eventsite.eventfile.operations import load_event
from eventsite.eventfile.queries import judge_event_file
from eventsite.events.models import Event
from eventsite.events.queries import get_event, list_organizations
from eventsite.kernel.clock import now
from eventsite.kernel.tokens import Keyring, Purpose, load_keyring, seal
from eventsite.partners.core.tokens import TokenFacts
from eventsite.partners.enums import Scope
from eventsite.partners.operations import issue_token
from eventsite.programme.operations import release_programme
from eventsite.sealing.operations import load_sealer
from eventsite.web.passes import FORM_FIELD, cookie_name

FILE = ROOT / "eventsite/eventfile/data/jinan-2025.json"
ITEMS, EXTRA_DAYS, VISITORS = 300, 3, 64
HALF_HOUR = timedelta(minutes=30)
COUNTS = {
    "stamps": "SELECT count(*) FROM stamp",
    "counters": "SELECT coalesce(sum(stamps), 0) FROM visitor_pass",
    "audit rows": "SELECT count(*) FROM audit WHERE verb = 'stamp'",
}


@dataclass(frozen=True)
class Fair:
    """A prepared site: its settings, and what visitors of it hold in their hands."""

    settings: dict[str, str]
    port: int
    slug: str
    ring: Keyring
    checkpoints: tuple[str, ...]
    visitors: tuple[bytes, ...]

    def ask(self, path: str, visitor: bytes | None = None, *headers: str) -> bytes:
        """Return a request for a page, as a visitor with that pass."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        return _request(lines if visitor is None else [*lines, self._cookie(visitor)])

    def press(self, checkpoint: str, visitor: bytes) -> bytes:
        """Return the request that the button of a checkpoint's page sends."""
        body = urlencode({FORM_FIELD: seal(self.ring, Purpose.PASS_FORM, visitor)})
        lines = [f"POST /c/{checkpoint} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", self._cookie(visitor)]
        form = ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return _request([*lines, *form], body)

    def fresh_stamps(self) -> Iterator[bytes]:
        """Yield requests that each bring a new stamp: crowds of 100 go from checkpoint to checkpoint."""
        while True:
            crowd = [new_key() for _ in range(100)]
            for checkpoint in self.checkpoints:
                yield from (self.press(checkpoint, visitor) for visitor in crowd)

    def _cookie(self, visitor: bytes) -> str:
        return f"Cookie: {cookie_name(self.slug)}={seal(self.ring, Purpose.PASS, visitor)}"


@contextmanager
def site(settings: dict[str, str]) -> Iterator[Flask]:
    """Hold the site open in this process, to prepare it or to count its rows."""
    before = dict(os.environ)
    os.environ.update(settings)
    app = create_app()
    try:
        with app.app_context():
            yield app
    finally:
        close(app)
        for name in settings:
            os.environ.pop(name)
        os.environ.update(before)


def prepare(folder: Path, port: int, database: str = "") -> Fair:
    """Make an instance with the fair in it, on SQLite or at the address of a PostgreSQL database."""
    settings = {
        "EVENTSITE_INSTANCE_DIR": str(folder),
        "EVENTSITE_DATABASE_URL": database or f"sqlite:///{folder}/site.db",
        "EVENTSITE_BASE_URL": f"http://127.0.0.1:{port}",
        "EVENTSITE_DEMO_NOW": "2025-09-06T10:20+08:00",
        "EVENTSITE_REDIS_URL": "",
    }
    file = judge_event_file(crowded_fair())
    with site(settings) as app:
        create_tables()
        event = load_event(system("bench"), file, publish=True, now=now()).event
        release_programme(system("bench"), event, note="", now=now())
        ring = load_keyring(app.config["KEYS_DIR"] / "signing")
        checkpoints = tuple(seal(ring, Purpose.CHECKPOINT, row.key) for row in list_checkpoints(event))
        visitors = tuple(stamped_visitors(event))
        return Fair(settings, port, event.slug, ring, checkpoints, visitors)


def partner_token(fair: Fair) -> str:
    """Issue a token to an organization of the fair."""
    with site(fair.settings) as app:
        event = get_event(fair.slug)
        facts = TokenFacts(name="bench", scopes=(Scope.FEED,))
        sealer = load_sealer(app.config["KEYS_DIR"])
        home = list_organizations(event)[0]
        issued = issue_token(system("bench"), event, home, facts, keyring=fair.ring, sealer=sealer, now=now())
        return issued.token


def crowded_fair(items: int = ITEMS, extra_days: int = EXTRA_DAYS) -> dict[str, Any]:
    """Return the fair's file with printed codes that suffice, and items on further days up to a number."""
    tree: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    tree["stamp_rally"] |= {"code_mode": "static", "min_seconds_between_stamps": 0}
    first, model = tree["event"]["days"][0], tree["programme"][0]
    days = [str(date.fromisoformat(first["date"]) + timedelta(days=n)) for n in range(1, extra_days + 1)]
    tree["event"]["days"] += [first | {"date": day} for day in days]
    slots = [
        (day, datetime.fromisoformat(f"{day}T{first['open']}") + n * HALF_HOUR, stage["id"])
        for day in days
        for n in range(23)
        for stage in tree["stages"]
    ]
    for number in range(len(tree["programme"]), items):
        day, start, stage = slots.pop(0)
        times = {"date": day, "start": f"{start:%H:%M}", "end": f"{start + HALF_HOUR:%H:%M}"}
        own = {"id": f"pg-x{number}", "order": number + 1, "stage_id": stage, "title_zh": f"节目{number}"}
        tree["programme"].append(model | own | times | {"title_en": f"Item {number}"})
    return tree


def stamped_visitors(event: Event) -> Iterator[bytes]:
    """Stamp some visitors at one checkpoint, at two, and so on, and yield their passes."""
    facts = [find_facts(checkpoint.key) for checkpoint in list_checkpoints(event)]
    for number in range(VISITORS):
        visitor = new_key()
        for place in facts[: number % (len(facts) + 1)]:
            if place is not None:
                stamp(visitor, place, now=now())
        yield visitor


def count(fair: Fair) -> dict[str, int]:
    """Return how many stamps there are by the rows, by the passes' counters and by the audit log."""
    with site(fair.settings):
        return {name: int(db.session.execute(text(query)).scalar_one()) for name, query in COUNTS.items()}


def _request(lines: list[str], body: str = "") -> bytes:
    return "\r\n".join([*lines, "", body]).encode()
