"""The dashboard: how the fair stands."""

from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_event
from tests.support.factories_accounts import client_of
from tests.support.factories_draws import make_pass

PATH = "/admin/e/here/?lang=en"


def test_cards_of_a_demonstration_are_said_to_be(app: Flask) -> None:
    with app.app_context():
        event = make_event(slug="here")
        make_pass(event)
        for _ in range(2):
            make_pass(event, is_demo=True)
    page = client_of(app, Role.ORGANIZER, "here").page(PATH)
    assert "2 of the cards were made for the demonstration. demo" in page.text


def test_a_real_fair_speaks_of_no_demonstration(app: Flask) -> None:
    with app.app_context():
        make_pass(make_event(slug="here"))
    assert "made for the demonstration" not in client_of(app, Role.ORGANIZER, "here").page(PATH).text
