"""Applying to exhibit, and what the desk does with it, through the pages."""

import re
from dataclasses import dataclass

from flask import Flask

from tests.journeys.people import Person, visitor
from tests.support.demo_fair import EVENT

HOME = f"/e/{EVENT}"
DESK = f"/admin/e/{EVENT}/applications"
MATTERS = ("booth", "power", "fire", "food", "street", "vehicles", "insurance", "commitment")


@dataclass(frozen=True)
class Exhibitor:
    """An applicant with the private link that the form led to."""

    person: Person
    link: str

    @property
    def text(self) -> str:
        """Return what the link's page says now."""
        return self.person.see(self.link).text

    @property
    def number(self) -> str:
        """Return the application's number as its page says it."""
        return number_in(self.text)


def number_in(text: str) -> str:
    """Return the number of the application that a page speaks of."""
    found = re.search(r"ap-[0-9a-z]{8}", text)
    assert found
    return found.group()


def hand_in(app: Flask, form: str, **fields: str) -> Exhibitor:
    """Fill in the form of a call (`summer/food`) as somebody whom nobody knows, and hand it in."""
    person = visitor(app)
    shown = person.send(
        f"{HOME}/apply/{form}",
        f"/{form.rpartition('/')[2]}/upload",
        insured="y",
        commitment_signed="y",
        consented="y",
        act="submit",
        **fields,
    )
    assert fields["unit_zh"] in shown.text
    return Exhibitor(person=person, link=shown.path.partition("?")[0])


def approve(organizer: Person, number: str) -> None:
    """Let every office find its matter in order, then accept."""
    find_in_order(organizer, number)
    press(organizer, f"{DESK}/{number}", "/approve")
    assert "已通过" in organizer.see(f"{DESK}/{number}").text


def find_in_order(organizer: Person, number: str, but: str = "", point: str = "") -> None:
    """Give a verdict on each matter of an application; `but` is the one with a problem."""
    page = organizer.see(f"{DESK}/{number}")
    for matter in MATTERS:
        if any(form.action.endswith(f"/matters/{matter}") for form in page.forms):
            said = {"verdict": "problem", "point": point} if matter == but else {"verdict": "ok"}
            fields = {f"{matter}-{name}": value for name, value in said.items()}
            organizer.send(f"{DESK}/{number}", f"/matters/{matter}", **fields)


def send_back(organizer: Person, number: str, matter: str, point: str) -> None:
    """Return an application for one thing."""
    find_in_order(organizer, number, but=matter, point=point)
    organizer.send(f"{DESK}/{number}", "/return", **{"return-sure": "y"})


def press(organizer: Person, path: str, action: str) -> None:
    """Press the one button of a page that posts there."""
    response = organizer.client.submit(organizer.see(path).form(action))
    assert response.status_code == 303, f"{path}{action}: {response.status}"
