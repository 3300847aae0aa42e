"""What was published, drawn or given cannot be changed by raw SQL either; what goes on, goes on."""

import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from eventsite.database import atomic, db
from eventsite.draws import operations as acts
from eventsite.draws import queries
from eventsite.draws.enums import AwardState, WitnessKind
from eventsite.draws.models import Draw
from eventsite.events.models import Event
from tests.support.factories import NOW
from tests.support.factories_draws import ANN, BEN, MINUTE, freeze, make_draws, make_pass, ready, redraw, run
from tests.support.tampering import tamper

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
STAYS = {
    "draw_rules": ("sha256 = 'x'", "content = '{}'"),
    "draw_frozen_list": ("sha256 = 'x'", "entries = ''", "frozen_at = '2025-01-01 00:00:00+00'"),
    "draw_values": ("digits = '1'", '"by" = \'account:9\''),
    "draw_record": ("sha256 = 'x'",),
    "draw_round": ("outcome = '{}'", "outcome = NULL", "drawn_at = NULL", "unclaimed = '[]'", "number = 7"),
    "draw_witness": (
        "nonce = 'another'", "nonce = NULL", "revealed_at = NULL", "commitment = NULL", "name = 'x'",
    ),
    "draw_proposal": ("confirmed_by = 'account:9'", "reason = 'x'", '"by" = \'account:9\'', "slots = '[1]'"),
    "award": ("pass_id = pass_id + 1", "slot = 'x'", "entry_code = 'x'", "typed_code = 'x'", "position = 9"),
    "award_hand_over": ("place = 'x'", "kind = 'undone'"),
}  # fmt: skip


def change(statement: str, **values: Any) -> None:
    with atomic() as session:
        session.execute(text(statement), values)


@pytest.fixture
def published(context: None) -> tuple[Event, Draw]:
    """Make a draw with a redraw and a prize handed over, its record published."""
    event, (draw,) = make_draws(people=8, prizes=3)
    awards = run(event, draw)
    redraw(event, draw, [awards[0].slot])
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    acts.hand_over_award(ANN, event, awards[1].id, place="服务台", now=NOW)
    return event, draw


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("table", "setting"), [(table, one) for table in STAYS for one in STAYS[table]])
def test_what_stands_cannot_be_changed(table: str, setting: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        change(f"UPDATE {table} SET {setting}")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("table", STAYS)
def test_what_stands_cannot_be_removed(table: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        change(f"DELETE FROM {table}")


@pytest.mark.usefixtures("published")
def test_the_same_value_again_changes_nothing() -> None:
    change("UPDATE draw_round SET outcome = outcome, drawn_at = drawn_at")
    change("UPDATE award SET pass_id = pass_id")


@pytest.mark.usefixtures("published")
def test_without_the_triggers_an_outcome_could_be_changed() -> None:
    tamper("draw_round", "UPDATE draw_round SET outcome = NULL WHERE number = 1")
    assert db.session.scalar(text("SELECT count(*) FROM draw_round WHERE outcome IS NULL")) == 1


def test_what_a_witness_gave_is_given_once() -> None:
    event, (draw,) = make_draws()
    freeze(event, draw)
    change("UPDATE draw_witness SET nonce = 'first' WHERE position = 1")
    with pytest.raises(DBAPIError, match="draw_witness is append-only"):
        change("UPDATE draw_witness SET nonce = 'second' WHERE position = 1")


def test_a_witness_leaves_before_the_hash_and_not_after_it() -> None:
    event, (draw,) = make_draws()
    ready(event, draw, witnesses=1)
    acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.NOTARY, name="公证处")
    acts.remove_witness(ANN, event, draw.ref, 2)
    assert [witness.position for witness in queries.get_draw(event, draw.ref).witnesses] == [1]
    with pytest.raises(DBAPIError, match="draw_witness is append-only"):
        change("DELETE FROM draw_witness")


def test_a_prize_goes_through_all_its_states() -> None:
    event, (draw,) = make_draws(people=8, prizes=3)
    awards = run(event, draw)
    redraw(event, draw, [awards[0].slot])
    acts.hand_over_award(ANN, event, awards[1].id, place="服务台", now=NOW)
    acts.undo_hand_over(ANN, event, awards[1].id, reason="按错了", now=NOW)
    acts.hand_over_award(ANN, event, awards[1].id, place="服务台", now=NOW + MINUTE)
    acts.propose_void(ANN, event, draw.ref, reason="名单有误", now=NOW)
    acts.confirm_void(BEN, event, draw.ref, now=NOW)
    states = sorted(award.state.value for award in queries.list_awards(draw))
    assert states == ["absent", "claimed", "voided", "voided"]


def test_unclaimed_prizes_are_given_up() -> None:
    event, (draw,) = make_draws(people=3, prizes=1)
    (award,) = run(event, draw)
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    assert acts.forfeit_unclaimed(ANN, event, draw.ref, now=award.claim_until) == 1
    assert queries.get_award(award.id).state is AwardState.FORFEITED


def test_stamps_and_staff_marks_after_the_freeze_reach_no_frozen_draw() -> None:
    event, (draw,) = make_draws(people=3, prizes=1)
    listed = make_pass(event)
    freeze(event, draw)
    before = queries.frozen_entries(queries.get_draw(event, draw.ref))
    late = make_pass(event)
    change("UPDATE visitor_pass SET stamps = stamps + 9")
    change("UPDATE visitor_pass SET is_staff = true WHERE id = :id", id=listed.id)
    after = queries.get_draw(event, draw.ref)
    assert queries.frozen_entries(after) == before
    assert queries.find_weight(after, late.entry_code) is None
    assert queries.find_weight(after, listed.entry_code) == 1
    for number in (1, 2):
        acts.reveal(ANN, event, draw.ref, number, nonce=f"nonce-{number}", now=NOW)
    acts.enter_values(ANN, event, draw.ref, digits="31415926535897932384", now=NOW)
    acts.run_round(ANN, event, draw.ref, now=NOW)
    (award,) = queries.list_awards(queries.get_draw(event, draw.ref))
    assert f"{award.entry_code},".encode() in before
    record = json.loads(acts.publish_draw(ANN, event, draw.ref, now=NOW).data)
    assert record["freeze"]["entries"] == 4
