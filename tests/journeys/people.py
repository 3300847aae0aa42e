"""Who walks through a fair: visitors with a phone, members of the team who sign in, programs of partners."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import Flask

from tests.support.demo_fair import EVENT, address, password
from tests.support.factories_accounts import sign_in
from tests.support.isolation import PageClient
from tests.support.page import Page, read_page


@dataclass(frozen=True)
class Person:
    """Somebody with a browser of their own."""

    client: PageClient

    def see(self, path: str, status: int = 200) -> Page:
        """Open a page; its address may be absolute, as on a printed code."""
        parts = urlsplit(path)
        return self.client.page(parts.path + ("?" + parts.query if parts.query else ""), status)

    def fetch(self, path: str) -> bytes:
        """Take a file."""
        response = self.client.get(path)
        assert response.status_code == 200, f"{path}: {response.status}"
        return bytes(response.data)

    def send(self, path: str, action: str, **fields: object) -> Page:
        """Fill in the form that posts to an address with this end, and read the page that it leads to."""
        response = self.client.submit(self.see(path).form(action), **fields)
        assert response.status_code == 303, f"{path}: {response.status}: {read_page(response.text).text}"
        return self.see(response.location)

    def is_refused(self, path: str, action: str, **fields: object) -> str:
        """Send a form that is refused, and return what the page says."""
        response = self.client.submit(self.see(path).form(action), **fields)
        assert 400 <= response.status_code < 500, f"{path}: {response.status}"
        return read_page(response.text).text


def visitor(app: Flask) -> Person:
    """Return somebody with a phone whom nobody knows."""
    return Person(cast("PageClient", app.test_client()))


def member(app: Flask, name: str) -> Person:
    """Return somebody of the team who has signed in."""
    person = visitor(app)
    sign_in(person.client, address(name), password(app, name))
    person.see("/admin/account")
    return person


@dataclass(frozen=True)
class Screen:
    """What stands at a checkpoint: the printed address, and the digits of the minute."""

    path: str
    digits: str


def checkpoint_pages(organizer: Person) -> list[str]:
    """Return the team's pages of all checkpoints."""
    listed = organizer.see(f"/admin/e/{EVENT}/checkin/")
    own = f"/admin/e/{EVENT}/checkin/"
    return sorted({link for link in listed.links if link.startswith(own) and link[len(own) :].isdigit()})


def look_at(organizer: Person, path: str) -> Screen:
    """Read the sign and the digits that a checkpoint's page shows now."""
    page = organizer.see(path)
    (shown,) = page.all("p", class_="sign-digits")
    digits = shown.find("b")
    assert digits is not None
    (sign,) = (link for link in page.links if "/c/" in link)
    return Screen(path=urlsplit(sign).path, digits=digits.text or "")
