"""`flask draw`: the acts of the console in the name of an organizer, and one clear line for bad input."""

from pathlib import Path

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.draws import operations as acts
from eventsite.draws.enums import DrawStatus
from eventsite.draws.queries import get_draw, list_awards
from tests.support.factories import NOW
from tests.support.factories_accounts import make_member
from tests.support.factories_draws import ANN, BEN, DIGITS, MORE_DIGITS, make_draws, nonce, ready, run

pytestmark = pytest.mark.usefixtures("context")


def draw(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["draw", *args])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_draw_is_frozen_revealed_and_run_from_the_command_line(app: Flask) -> None:
    event, (one,) = make_draws(people=9, prizes=3)
    ready(event, one, witnesses=1)
    place = (event.slug, one.ref)
    first = make_member(Role.ORGANIZER, event).email
    second = make_member(Role.ORGANIZER, event).email
    assert draw(app, "freeze", *place, "--as", first)[0] == 0
    code, said = draw(app, "freeze", *place, "--as", first)
    assert (code, "another person" in said) == (1, True)
    code, said = draw(app, "freeze", *place, "--as", second)
    assert (code, "9 entries" in said) == (0, True)
    code, said = draw(app, "reveal", *place, "1", "wrong", "--as", first)
    assert (code, "does not fit" in said) == (1, True)
    assert draw(app, "reveal", *place, "1", nonce(1), "--as", first)[0] == 0
    code, said = draw(app, "run", *place, "--as", first)
    assert (code, "digits" in said) == (1, True)
    code, said = draw(app, "run", *place, "--digits", DIGITS, "--as", first)
    assert code == 0
    assert said.count("····") == 3
    code, again = draw(app, "run", *place, "--digits", DIGITS, "--as", second)
    assert (code, "already" in again) == (0, True)
    assert draw(app, "publish", *place, "--as", first)[0] == 0
    assert get_draw(event, one.ref).status is DrawStatus.PUBLISHED


def test_redraw_needs_a_published_list(app: Flask) -> None:
    event, (one,) = make_draws(people=9, prizes=3)
    awards = run(event, one)
    place = (event.slug, one.ref)
    organizer = make_member(Role.ORGANIZER, event).email
    code, said = draw(app, "redraw", *place, "--digits", MORE_DIGITS, "--as", organizer)
    assert (code, "unclaimed" in said) == (1, True)
    acts.propose_absent(ANN, event, one.ref, slots=[awards[0].slot], reason="未到", now=NOW)
    acts.confirm_absent(BEN, event, one.ref, now=NOW)
    assert draw(app, "redraw", *place, "--digits", MORE_DIGITS, "--as", organizer)[0] == 0
    assert len(list_awards(one)) == 4


def test_commands_refuse_who_may_not_and_what_is_not_there(app: Flask) -> None:
    event, (one,) = make_draws()
    desk = make_member(Role.DESK, event).email
    organizer = make_member(Role.ORGANIZER, event).email
    assert draw(app, "freeze", event.slug, one.ref, "--as", desk)[0] == 1
    assert draw(app, "freeze", event.slug, one.ref, "--as", "nobody@fair.example")[0] == 1
    assert draw(app, "freeze", event.slug, "no-such-draw", "--as", organizer)[0] == 1
    assert draw(app, "freeze", "no-such-event", one.ref, "--as", organizer)[0] == 1
    assert draw(app, "freeze", event.slug, one.ref)[0] == 2


@pytest.mark.parametrize("command", ["freeze", "reveal", "run", "redraw", "publish", "verify"])
def test_commands_explain_themselves(app: Flask, command: str) -> None:
    code, said = draw(app, command, "--help")
    assert code == 0
    assert "Usage" in said


def test_verify_refuses_a_file_that_is_not_there(app: Flask, tmp_path: Path) -> None:
    assert draw(app, "verify", str(tmp_path / "record.json"), str(tmp_path / "entries.csv"))[0] == 2
