"""What every list of the team has to keep: its own event's rows, its search, its price in queries."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from tests.support.counting import count_queries
from tests.support.factories import make_event, make_organization
from tests.support.factories_accounts import client_of
from tests.support.isolation import PageClient


@dataclass(frozen=True)
class ListPage:
    """A list below `/admin/e/EVENT/`: `make(event, word)` adds a row that shows and is found by the word."""

    path: str
    make: Callable[[Event, str], Any]
    right: Role
    wrong: Role

    def check(self, app: Flask) -> None:
        """Try it with two events, as somebody who may read it."""
        with app.app_context():
            here, there = make_event(slug="fair-a"), make_event(slug="fair-b")
            self.make(here, "红叶")
            self.make(there, "别处")
        client = _member(app, self.right)
        page = f"/admin/e/fair-a/{self.path}"
        assert "红叶" in client.page(page).text
        assert "别处" not in client.page(page).text
        assert "红叶" in client.page(f"{page}?q=hy").text
        assert "红叶" not in client.page(f"{page}?q=没有这个").text
        assert client.page(f"{page}?lang=en").all("html")[0].get("lang") == "en"
        self.check_files(client, page)

    def check_files(self, client: PageClient, page: str) -> None:
        """The list goes out as XLSX and CSV: the same rows, the same search, another event's never."""
        links = client.page(f"{page}?q=hy").links
        for ending, read in (("xlsx", words_of_book), ("csv", words_of_text)):
            (link,) = (link for link in links if link.split("?")[0].endswith(f".{ending}"))
            assert "红叶" in read(client.get(link).data)
            whole, narrowed = link.split("?")[0], f"{link.split('?')[0]}?q=没有这个"
            assert "别处" not in read(client.get(whole).data)
            assert "红叶" not in read(client.get(narrowed).data)

    def check_empty(self, app: Flask) -> None:
        """An event without rows says so."""
        with app.app_context():
            make_event(slug="fair-a")
        page = _member(app, self.right).page(f"/admin/e/fair-a/{self.path}")
        assert page.all("div", class_="a-empty")

    def check_rights(self, app: Flask) -> None:
        """Members without the right are told so; members of another event find nothing."""
        with app.app_context():
            make_event(slug="fair-a")
            make_event(slug="fair-b")
        page = f"/admin/e/fair-a/{self.path}"
        _member(app, self.wrong).page(page, status=403)
        _member(app, self.right, "fair-b").page(page, status=404)

    def check_queries(self, app: Flask) -> None:
        """Three rows cost what one costs."""
        with app.app_context():
            make_event(slug="fair-a")
        client, page = _member(app, self.right), f"/admin/e/fair-a/{self.path}"
        counts = []
        for more in (1, 2):
            with app.app_context():
                for n in range(more):
                    self.make(get_event("fair-a"), f"红叶{more}{n}")
            with count_queries(app) as statements:
                client.page(page)
            counts.append(len(statements))
        assert counts[0] == counts[1]


def words_of_text(data: bytes) -> str:
    """Return the text of a CSV."""
    return data.decode("utf-8-sig")


def words_of_book(data: bytes) -> str:
    """Return the texts of a workbook's first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def _member(app: Flask, role: Role, slug: str = "fair-a") -> PageClient:
    scope = ""
    if role is Role.PARTNER:
        with app.app_context():
            scope = f"organization:{make_organization(get_event(slug)).ref}"
    return client_of(app, role, slug, scope)
