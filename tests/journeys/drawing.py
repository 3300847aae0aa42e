"""A draw from its rules to its record, each act by the one who does it at a fair, through the pages."""

from hashlib import sha256

from flask import Flask

from tests.journeys.people import Person, member
from tests.support.clocks import set_clock
from tests.support.demo_fair import EVENT
from tests.support.page import Page

DRAW = "rd-1"
CONSOLE = f"/admin/e/{EVENT}/draws/{DRAW}"
PUBLIC = f"/e/{EVENT}/draws/{DRAW}"
DIGITS = "3141 5926 5358 9793 2384"
NONCES = ("菊花开了三千朵", "the notary's number 27182818")


def announce(organizer: Person) -> None:
    """Publish the rules as they are proposed, and open entries."""
    organizer.send(f"{CONSOLE}/rules", "/rules")
    organizer.send(CONSOLE, "/publish-rules")
    organizer.send(CONSOLE, "/open")


def seal(organizer: Person, partner: Person) -> None:
    """Close entries and take the witnesses' hashes: the partner gives its own, the notary's is typed in."""
    organizer.send(CONSOLE, "/close")
    organizer.send(CONSOLE, "/witnesses", kind="partner", organization="org-sd")
    organizer.send(CONSOLE, "/witnesses", kind="notary", name="济南市公证处")
    partner.send(CONSOLE, "/witnesses/1/commit", **{"w1-commitment": fingerprint(NONCES[0])})
    organizer.send(CONSOLE, "/witnesses/2/commit", **{"w2-commitment": fingerprint(NONCES[1])})


def freeze(organizer: Person, second: Person) -> Page:
    """Freeze the list by two people."""
    organizer.send(CONSOLE, "/propose-freeze")
    return second.send(CONSOLE, "/confirm-freeze")


def reveal(organizer: Person, partner: Person) -> None:
    """Let both witnesses reveal."""
    partner.send(CONSOLE, "/witnesses/1/reveal", **{"w1-nonce": NONCES[0]})
    organizer.send(CONSOLE, "/witnesses/2/reveal", **{"w2-nonce": NONCES[1]})


def draw(organizer: Person) -> Page:
    """Type in the digits made on stage, run the draw, publish its record."""
    organizer.send(CONSOLE, "/digits", digits=DIGITS)
    organizer.send(CONSOLE, "/run")
    return organizer.send(CONSOLE, "/publish")


def fingerprint(text: str) -> str:
    """Return the hash that a witness hands over before the freeze."""
    return sha256(text.encode()).hexdigest()


def whole_draw(app: Flask) -> None:
    """Take the draw from its rules to its published record, at its own times."""
    organizer, second, partner = (member(app, name) for name in ("organizer", "organizer2", "partner"))
    announce(organizer)
    set_clock("2025-09-06T11:50+08:00")
    seal(organizer, partner)
    freeze(organizer, second)
    reveal(organizer, partner)
    set_clock("2025-09-06T12:00+08:00")
    draw(organizer)
