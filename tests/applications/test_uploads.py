"""Files of strangers: however many and however slow, they neither bind the readers nor get lost silently."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from eventsite.applications.models import Application
from eventsite.applications.views_public.apply import SLOW_ONES
from eventsite.database import db
from eventsite.kernel.clock import now
from eventsite.web.limits import note
from tests.support.factories import NOW
from tests.support.factories_applications import make_call
from tests.support.factories_market import make_fair
from tests.support.isolation import PageClient
from tests.support.uploads import picture

FORM = "/e/fair-a/apply/spring/folk"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with a call that is open."""
    with app.app_context():
        here = make_fair(slug="fair-a")
        make_call(here.event, opens_at=NOW - timedelta(days=1), closes_at=now() + timedelta(days=9))


def sent(client: PageClient, **given: Any) -> Any:
    form = next(form for form in client.page(FORM).forms if form.action.endswith("/upload"))
    return client.submit(form, unit_zh="工坊", **given)


@pytest.mark.usefixtures("fair")
def test_a_form_brings_twenty_files_at_most(client: PageClient) -> None:
    many = [(BytesIO(b"MZ\x90 no picture"), f"{number}.png") for number in range(21)]

    answer = sent(client, file_business=many)

    assert answer.status_code == 422
    refused = [line for line in answer.text.splitlines() if "一份报名最多 20 个文件" in line]
    assert refused
    assert all("20.png" in line for line in refused)


@pytest.mark.usefixtures("fair")
def test_an_address_whose_files_were_slow_is_not_read_for_a_while(app: Flask, client: PageClient) -> None:
    with app.app_context():
        for _ in range(SLOW_ONES.amount):
            note(SLOW_ONES, "127.0.0.1")

    answer = sent(client, file_business=(BytesIO(picture()), "执照.jpg"))

    assert answer.status_code == 422
    assert "执照.jpg" in answer.text
    with app.app_context():
        [row] = db.session.query(Application).all()
        assert (row.unit_zh, list(row.files)) == ("工坊", [])


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize("address", [":;@)^.c!b", "a,b@fair.example", "a@b<c.de"])
def test_an_address_that_would_break_a_letter_is_refused(client: PageClient, address: str) -> None:
    answer = sent(client, email=address)
    assert answer.status_code == 422
    assert "邮箱地址不正确。" in answer.text
