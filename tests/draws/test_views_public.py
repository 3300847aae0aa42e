"""What everybody sees of a draw before, during and after it, and the files to run it again."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from eventsite.checkin.core.passes import new_key, pass_id
from eventsite.draws import operations as acts
from eventsite.draws import queries
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.kernel.tokens import Purpose, seal
from tests.support.factories import NOW, make_draw, make_event, make_prize, make_raffle
from tests.support.factories_draws import (
    ANN,
    BEN,
    DIGITS,
    MORE_DIGITS,
    freeze,
    make_draws,
    make_pass,
    publish,
    redraw,
    reveal_all,
    run,
)
from tests.support.isolation import PageClient

pytestmark = pytest.mark.usefixtures("context")


def base(event: Event, ref: str) -> str:
    return f"/e/{event.slug}/draws/{ref}"


@pytest.fixture(params=["zh", "en"])
def client(request: pytest.FixtureRequest, app: Flask) -> PageClient:
    made = app.test_client()
    assert isinstance(made, PageClient)
    made.set_cookie("lang", request.param)
    return made


def test_list_names_every_draw(client: PageClient) -> None:
    event, draws = make_draws(draws=3, prizes=9)
    page = client.page(f"/e/{event.slug}/draws")
    assert [link for link in page.links if "/draws/" in link] == [base(event, draw.ref) for draw in draws]


def test_list_of_an_event_without_a_raffle_says_so(client: PageClient) -> None:
    client.page(f"/e/{make_event().slug}/draws")


def test_draw_before_its_rules_shows_the_plan(client: PageClient) -> None:
    event, (draw,) = make_draws()
    page = client.page(base(event, draw.ref))
    assert "× 3" in page.text


def test_rules_stand_with_their_fingerprint(client: PageClient) -> None:
    event, (draw,) = make_draws()
    publish(event, draw)
    rules = queries.get_draw(event, draw.ref).rules
    assert rules is not None
    page = client.page(base(event, draw.ref))
    assert rules.sha256 in page.text
    assert rules.content["who"] in page.text


def test_frozen_list_and_digits_show_as_they_come(client: PageClient) -> None:
    event, (draw,) = make_draws()
    freeze(event, draw)
    frozen = queries.get_draw(event, draw.ref).frozen
    assert frozen is not None
    assert frozen.sha256 in client.page(base(event, draw.ref)).text


def test_corrected_digits_stay_visible(client: PageClient) -> None:
    event, (draw,) = make_draws()
    reveal_all(event, draw)
    acts.enter_values(ANN, event, draw.ref, digits=MORE_DIGITS, now=NOW)
    acts.correct_values(BEN, event, draw.ref, digits=DIGITS, reason="打错一位", now=NOW)
    page = client.page(base(event, draw.ref))
    assert "打错一位" in page.text
    assert len(page.all("del")) == 1


def test_result_masks_every_entry(client: PageClient) -> None:
    event, (draw,) = make_draws(people=8)
    awards = run(event, draw)
    redraw(event, draw, [awards[0].slot])
    page = client.page(base(event, draw.ref))
    assert not [award for award in awards if award.entry_code in page.text]
    assert page.text.count("····") == 3


def test_entry_is_looked_up_as_people_type_it(client: PageClient) -> None:
    event, (draw,) = make_draws(people=8, prizes=2)
    awards = run(event, draw)
    won = awards[0].entry_code
    typed = f"{won[:4].lower()} {won[4:8]}-{won[8:]}"
    page = client.page(base(event, draw.ref), query_string={"entry": typed})
    assert [n for n in page.all("div", class_="notice") if "n-ok" in (n.get("class") or "")]
    missing = client.page(base(event, draw.ref), query_string={"entry": "ZZZZZZZZZZ"})
    assert "ZZZZZZZZZZ" in missing.text
    strange = client.page(base(event, draw.ref), query_string={"entry": "<b>'%" * 30})
    assert "<b>" not in strange.text.replace("<b>'%", "")


def test_visitor_sees_the_own_entry_without_typing(app: Flask, client: PageClient) -> None:
    event, (draw,) = make_draws(people=2)
    key = new_key()
    visitor = make_pass(event, key=key, id=pass_id(event.id, key))
    freeze(event, draw)
    client.set_cookie(f"pass-{event.slug}", seal(app.extensions["keyring"], Purpose.PASS, key))
    assert visitor.entry_code in client.page(base(event, draw.ref)).text


def test_files_are_served_once_published_and_verify(tmp_path: Path, client: PageClient) -> None:
    event, (draw,) = make_draws(people=8)
    awards = run(event, draw)
    redraw(event, draw, [awards[2].slot])
    for name in ("record.json", "entries.csv"):
        assert client.get(f"{base(event, draw.ref)}/{name}").status_code == 404
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    for name in ("record.json", "entries.csv", "verify.py"):
        response = client.get(f"{base(event, draw.ref)}/{name}")
        assert name in response.headers["Content-Disposition"]
        (tmp_path / name).write_bytes(response.data)
    command = [sys.executable, "-I", "verify.py", "record.json", "entries.csv"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_draft_event_hides_its_draws(client: PageClient) -> None:
    event = make_event(status=EventStatus.DRAFT)
    raffle = make_raffle(event)
    draw = make_draw(raffle)
    for address in (f"/e/{event.slug}/draws", base(event, draw.ref), f"{base(event, draw.ref)}/verify.py"):
        assert client.get(address).status_code == 404


def test_draw_of_another_event_is_not_found(client: PageClient) -> None:
    _, (draw,) = make_draws()
    assert client.get(base(make_event(), draw.ref)).status_code == 404


def test_instant_raffle_shows_prizes_and_rules_only(client: PageClient) -> None:
    event = make_event()
    raffle = make_raffle(event, mode="instant")
    make_prize(raffle, quantity=500)
    draw = make_draw(raffle, at=None)
    page = client.page(base(event, draw.ref))
    assert "× 500" in page.text
    assert client.get(f"{base(event, draw.ref)}/verify.py").status_code == 404
