"""One fair from the file that describes it to the prize in a visitor's hand, across all features."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar

from tests.journeys import drawing
from tests.journeys.people import Person, checkpoint_pages, look_at, member, visitor
from tests.support.clocks import running_clock, set_clock
from tests.support.demo_fair import EVENT, open_fair, tell
from tests.support.eventfiles import jinan
from tests.support.page import Page, text_of

HOME = f"/e/{EVENT}"
ENTRY = re.compile(r"[A-Z2-9]{4} [A-Z2-9]{4} [A-Z2-9]{2}")


@pytest.fixture
def fair(real_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """Return a site on which the demo fair has just opened, with thirty visitors on their way."""
    real_app.config["INSTANCE_DIR"] = str(tmp_path)
    with running_clock():
        open_fair(real_app)
        tell(real_app, "demo", "crowd", EVENT, "--passes", "30")
        yield real_app


@pytest.mark.both_databases
def test_fair_from_its_file_to_the_prize(fair: Flask, tmp_path: Path) -> None:
    li, organizer, second = visitor(fair), member(fair, "organizer"), member(fair, "organizer2")
    partner, desk = member(fair, "partner"), member(fair, "desk")
    drawing.announce(organizer)

    collect_all_stamps(li, organizer)
    entry = entry_of(li.see(f"{HOME}/passport"))

    set_clock("2025-09-06T11:50+08:00")
    drawing.seal(organizer, partner)
    drawing.freeze(organizer, second)
    assert len(li.see(f"{drawing.PUBLIC}?entry={entry}").all("div", class_="n-ok")) == 1
    drawing.reveal(organizer, partner)
    set_clock("2025-09-06T12:00+08:00")
    drawing.draw(organizer)

    winners = run_again(li, tmp_path)
    assert entry in winners
    hand_over(desk, prize_of(li.see(f"{HOME}/passport")))
    assert_programme_leaves_in_every_format(visitor(fair))
    assert_agreement_is_what_its_page_says(visitor(fair))
    assert tell(fair, "audit", "verify")


def collect_all_stamps(person: Person, organizer: Person) -> None:
    """Scan the six signs, each time with the digits of the minute; a second press brings no second stamp."""
    places = checkpoint_pages(organizer)
    assert len(places) == 6
    for minute, place in enumerate(places):
        set_clock(f"2025-09-06T10:{30 + 2 * minute}+08:00")
        sign = look_at(organizer, place)
        done = person.send(sign.path, sign.path, code=sign.digits)
        (result,) = done.all("div", class_="result")
        assert f"{minute + 1}" in text_of(result)
    assert not [form for form in person.see(sign.path).forms if "/c/" in form.action]


def entry_of(passport: Page) -> str:
    """Return the entry that a full card shows."""
    found = ENTRY.search(passport.text)
    assert found, passport.text
    return found.group().replace(" ", "")


def run_again(citizen: Person, folder: Path) -> list[str]:
    """Run the draw again from what its page offers, in a folder of its own; return the winning entries."""
    files = [link for link in citizen.see(drawing.PUBLIC).links if link.startswith(f"{drawing.PUBLIC}/")]
    assert sorted(link.rpartition("/")[2] for link in files) == ["entries.csv", "record.json", "verify.py"]
    for link in files:
        (folder / link.rpartition("/")[2]).write_bytes(citizen.fetch(link))
    told = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "record.json", "entries.csv"],
        cwd=folder, capture_output=True, text=True, check=True, env={},
    )  # fmt: skip
    assert "FAIL" not in told.stdout
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    return [won["entry"] for won in record["rounds"][-1]["winners"]]


def prize_of(passport: Page) -> str:
    """Return the address in the prize's code."""
    (code,) = [image.get("src", "") for image in passport.all("img") if "/r/" in image.get("src", "")]
    return code.removesuffix("/code.svg")


def hand_over(desk: Person, path: str) -> None:
    """Hand the prize over once; a page that was opened before is told so, and the next one has no button."""
    before = desk.see(path)
    done = desk.send(path, path)
    assert len(done.all("div", role="status")) == 1
    assert not [form for form in done.forms if form.action == path]
    set_clock("2025-09-06T12:10+08:00")
    assert desk.client.submit(before.form(path)).status_code == 303
    assert len(desk.see(path).all("div", role="alert")) == 1


def assert_programme_leaves_in_every_format(partner: Person) -> None:
    """Read the programme in three formats, all with the same items, each starting at the same time."""
    calendar = Calendar.from_ical(partner.fetch(f"{HOME}/programme.ics"))
    schedule = json.loads(partner.fetch(f"{HOME}/programme.json"))["schedule"]
    table = list(csv.DictReader(partner.fetch(f"{HOME}/programme.csv").decode("utf-8-sig").splitlines()))
    rooms = [room for day in schedule["conference"]["days"] for room in day["rooms"].values()]
    planned = len(jinan()["programme"])
    assert planned == len(calendar.walk("VEVENT")) == len(table) == sum(map(len, rooms))


def assert_agreement_is_what_its_page_says(citizen: Person) -> None:
    """Hash the record, and find the hash on the page."""
    page = citizen.see(f"{HOME}/agreements/ag-luliao")
    record = citizen.fetch(f"{HOME}/agreements/ag-luliao/record.json")
    assert sha256(record).hexdigest() in page.text.replace(" ", "")
