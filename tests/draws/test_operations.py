"""A draw from its rules to its record: each act once, in order, by whom it may be done; on both databases."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from eventsite.accounts.core import Actor, system
from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.checkin.operations.staff import mark_card, unmark_card
from eventsite.database import atomic
from eventsite.draws import operations as acts
from eventsite.draws import queries
from eventsite.draws.core.terms import TermsFault
from eventsite.draws.enums import AwardState, DrawStatus, ProposalKind, WitnessKind
from eventsite.draws.models import Draw
from eventsite.events.models import Event
from eventsite.events.operations import grant_role
from eventsite.events.queries import list_grants
from eventsite.kernel.errors import Conflict, DomainError, NotAllowed, NotFound, StaleEdit
from eventsite.kernel.fairdraw.check import check_files
from eventsite.kernel.fairdraw.hashing import text_hash
from tests.support.factories import NOW, make_draw, make_event, make_organization, make_prize, make_raffle
from tests.support.factories_accounts import make_account
from tests.support.factories_draws import (
    ANN,
    BEN,
    DIGITS,
    MORE_DIGITS,
    freeze,
    make_draws,
    make_pass,
    nonce,
    publish,
    ready,
    redraw,
    reveal_all,
    run,
    whole_terms,
)
from tests.support.tampering import tamper

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
VERIFY = Path(__file__).parents[2] / "eventsite" / "kernel" / "fairdraw" / "verify.py"


def fresh(event: Event, draw: Draw) -> Draw:
    return queries.get_draw(event, draw.ref)


def verify_script(folder: Path, record: bytes, entries: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "record.json").write_bytes(record)
    (folder / "entries.csv").write_bytes(entries)
    command = [sys.executable, "-I", str(VERIFY), "record.json", "entries.csv"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_draw_from_rules_to_a_record_that_anyone_can_run_again(tmp_path: Path) -> None:
    event, (draw,) = make_draws(people=9, prizes=3)
    awards = run(event, draw)
    assert [award.state for award in awards] == [AwardState.WON] * 3
    assert len({award.entry_code for award in awards}) == 3
    redraw(event, draw, [awards[1].slot])
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    published = queries.find_published(draw)
    assert published is not None
    entries = queries.frozen_entries(draw)
    assert check_files(published.data, entries) == []
    result = verify_script(tmp_path, published.data, entries)
    assert result.returncode == 0, result.stdout
    record = json.loads(published.data)
    assert record["rules"]["claim"]["place"] == "抽奖与兑奖台（F-04）"
    assert [r["unclaimed"] for r in record["rounds"]] == [[], [awards[1].slot]]
    held = {
        award.slot: award.entry_code for award in queries.list_awards(draw) if award.state is AwardState.WON
    }
    assert {one["prize"]: one["entry"] for one in record["outcome"]} == held
    assert fresh(event, draw).status is DrawStatus.PUBLISHED


def test_rules_name_every_missing_field_of_the_law_before_opening() -> None:
    event = make_event()
    draw = make_draw(make_raffle(event), at=None)
    with pytest.raises(TermsFault) as refused:
        acts.publish_rules(ANN, event, draw.ref, now=NOW)
    assert set(refused.value.missing) == {
        "title", "who", "draw_at", "claim_until", "claim_method", "organizer", "prizes",
    }  # fmt: skip
    with pytest.raises(Conflict):
        acts.open_draw(ANN, event, draw.ref)


def test_rules_refuse_a_prize_above_the_cap_of_the_law() -> None:
    event = make_event()
    make_organization(event)
    raffle = make_raffle(event)
    make_prize(raffle, unit_value_cny=50_001)
    draw = make_draw(raffle)
    acts.save_terms(ANN, event, draw.ref, whole_terms(event, draw), version=draw.version)
    with pytest.raises(TermsFault, match="50001 yuan"):
        acts.publish_rules(ANN, event, draw.ref, now=NOW)


def test_rules_once_published_stay() -> None:
    event, (draw,) = make_draws()
    publish(event, draw)
    first = fresh(event, draw).rules
    assert first is not None
    assert acts.publish_rules(BEN, event, draw.ref, now=NOW + timedelta(hours=1)).published_at == NOW
    with pytest.raises(Conflict):
        acts.save_terms(ANN, event, draw.ref, whole_terms(event, draw), version=fresh(event, draw).version)
    with pytest.raises(Exception, match="append-only"), atomic() as session:
        session.execute(text("UPDATE draw_rules SET sha256 = 'x'"))


def test_terms_saved_over_somebody_elses_are_refused() -> None:
    event, (draw,) = make_draws()
    version = draw.version
    acts.save_terms(ANN, event, draw.ref, whole_terms(event, draw), version=version)
    with pytest.raises(StaleEdit) as stale:
        acts.save_terms(BEN, event, draw.ref, whole_terms(event, draw, who="所有人"), version=version)
    assert stale.value.params["version"] == fresh(event, draw).version


def test_prizes_split_evenly_with_the_rest_in_the_last_draw() -> None:
    _, draws = make_draws(draws=3, prizes=14)
    assert [queries.prize_plan(draw)[0].count for draw in draws] == [4, 4, 6]


def test_freeze_needs_two_different_people() -> None:
    event, (draw,) = make_draws()
    ready(event, draw)
    acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    with pytest.raises(NotAllowed):
        acts.confirm_freeze(ANN, event, draw.ref, now=NOW)
    acts.confirm_freeze(BEN, event, draw.ref, now=NOW)
    assert fresh(event, draw).status is DrawStatus.FROZEN
    with pytest.raises(Conflict, match="frozen already"):
        acts.confirm_freeze(BEN, event, draw.ref, now=NOW)
    with pytest.raises(Conflict, match="frozen already"):
        acts.propose_freeze(ANN, event, draw.ref, now=NOW)


def organizer(event: Event, by: Actor) -> Actor:
    """Make an organizer whose role comes from `by`; the answer acts with the grants that it has."""
    account = make_account()
    grant_role(by, account.id, Role.ORGANIZER, event=event, now=NOW)
    return Actor(ref=f"account:{account.id}", label=account.label, grants=list_grants(account.id))


def test_freeze_is_not_confirmed_by_an_account_that_the_proposer_made() -> None:
    event, (draw,) = make_draws()
    ready(event, draw)
    chief = organizer(event, system("cli"))
    second = organizer(event, chief)
    third = organizer(event, second)
    cousin = organizer(event, chief)
    acts.propose_freeze(third, event, draw.ref, now=NOW)
    for same_hands in (third, second, chief, cousin):
        with pytest.raises(NotAllowed):
            acts.confirm_freeze(same_hands, event, draw.ref, now=NOW)
    assert fresh(event, draw).status is DrawStatus.CLOSED
    acts.confirm_freeze(organizer(event, system("cli")), event, draw.ref, now=NOW)
    assert fresh(event, draw).status is DrawStatus.FROZEN


def test_hands_stay_known_after_who_stood_between_has_left() -> None:
    event, (draw,) = make_draws()
    ready(event, draw)
    chief = organizer(event, system("cli"))
    between = organizer(event, chief)
    last = organizer(event, between)
    with atomic() as session:
        session.execute(
            text("DELETE FROM membership WHERE account_id = :gone"), {"gone": int(between.ref[8:])}
        )
    acts.propose_freeze(chief, event, draw.ref, now=NOW)
    with pytest.raises(NotAllowed):
        acts.confirm_freeze(last, event, draw.ref, now=NOW)


def test_freeze_waits_for_every_witness() -> None:
    event, (draw,) = make_draws()
    ready(event, draw, witnesses=0)
    with pytest.raises(Conflict, match="at least one witness"):
        acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.NOTARY, name="公证处")
    with pytest.raises(Conflict, match="公证处"):
        acts.propose_freeze(ANN, event, draw.ref, now=NOW)


def test_freeze_that_was_withdrawn_can_be_proposed_by_the_other_person() -> None:
    event, (draw,) = make_draws()
    ready(event, draw)
    acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    acts.withdraw_proposal(ANN, event, draw.ref, ProposalKind.FREEZE, now=NOW)
    with pytest.raises(Conflict, match="Nothing waits"):
        acts.confirm_freeze(BEN, event, draw.ref, now=NOW)
    acts.propose_freeze(BEN, event, draw.ref, now=NOW)
    acts.confirm_freeze(ANN, event, draw.ref, now=NOW)
    assert fresh(event, draw).status is DrawStatus.FROZEN


def test_freeze_takes_those_with_enough_stamps_and_no_staff() -> None:
    event, (draw,) = make_draws(people=0)
    inside = make_pass(event, entry_code="BBBBBBBBB2")
    make_pass(event, stamps=3)
    make_pass(event, is_staff=True)
    make_pass(make_event())
    also = make_pass(event, entry_code="AAAAAAAAA2", stamps=9)
    freeze(event, draw)
    assert queries.frozen_entries(draw) == f"{also.entry_code},1\n{inside.entry_code},1\n".encode()
    late = make_pass(event)
    assert late.entry_code.encode() not in queries.frozen_entries(draw)


def test_a_mark_as_the_teams_counts_until_the_freeze_and_so_does_taking_it_back() -> None:
    event, (draw,) = make_draws(people=0)
    codes = ("AAAAAAAAA2", "BBBBBBBBB2", "CCCCCCCCC2")
    visitor, ours, late = (make_pass(event, entry_code=code) for code in codes)
    for card in (visitor, ours):
        mark_card(ANN, event, card.entry_code)
    unmark_card(BEN, event, visitor.entry_code, reason="游客的卡")
    freeze(event, draw)
    mark_card(ANN, event, late.entry_code)
    assert queries.frozen_entries(draw) == b"AAAAAAAAA2,1\nCCCCCCCCC2,1\n"
    assert queries.count_entries(fresh(event, draw)) == 1


def test_freeze_of_nobody_is_refused_and_leaves_the_proposal() -> None:
    event, (draw,) = make_draws(people=0)
    ready(event, draw)
    acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    with pytest.raises(Conflict, match="Nobody"):
        acts.confirm_freeze(BEN, event, draw.ref, now=NOW)
    make_pass(event)
    acts.confirm_freeze(BEN, event, draw.ref, now=NOW)


def test_weight_grows_with_stamps_up_to_the_most_the_rules_allow() -> None:
    event, (draw,) = make_draws(people=0)
    make_pass(event, entry_code="AAAAAAAAA2", stamps=4)
    make_pass(event, entry_code="BBBBBBBBB2", stamps=9)
    from eventsite.draws.enums import WeightPer

    freeze(event, draw, weight_per=WeightPer.STAMP, max_weight=6)
    assert queries.frozen_entries(draw) == b"AAAAAAAAA2,4\nBBBBBBBBB2,6\n"
    assert queries.find_weight(draw, "BBBBBBBBB2") == 6
    assert queries.find_weight(draw, "CCCCCCCCC2") is None


def test_past_winners_do_not_enter_later_draws() -> None:
    event, (first, second) = make_draws(people=5, draws=2, prizes=4)
    won = {award.entry_code for award in run(event, first)}
    assert len(won) == 2
    freeze(event, second)
    listed = {line[:10] for line in queries.frozen_entries(second).decode().splitlines()}
    assert len(listed) == 3
    assert not listed & won


def test_winners_of_a_voided_draw_enter_again() -> None:
    event, (first, second) = make_draws(people=5, draws=2, prizes=4)
    run(event, first)
    acts.propose_void(ANN, event, first.ref, reason="名单有误", now=NOW)
    with pytest.raises(NotAllowed):
        acts.confirm_void(ANN, event, first.ref, now=NOW)
    acts.confirm_void(BEN, event, first.ref, now=NOW)
    assert {award.state for award in queries.list_awards(first)} == {AwardState.VOIDED}
    freeze(event, second)
    assert len(queries.frozen_entries(second).splitlines()) == 5


def test_commit_is_given_once_and_before_the_freeze() -> None:
    event, (draw,) = make_draws()
    ready(event, draw)
    acts.commit_witness(ANN, event, draw.ref, 1, commitment=text_hash(nonce(1)), now=NOW)
    with pytest.raises(Conflict, match="another hash"):
        acts.commit_witness(ANN, event, draw.ref, 1, commitment=text_hash("new"), now=NOW)
    acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.NOTARY, name="公证处")
    with pytest.raises(Conflict, match="copied"):
        acts.commit_witness(ANN, event, draw.ref, 3, commitment=text_hash(nonce(1)), now=NOW)
    with pytest.raises(DomainError, match="64 characters"):
        acts.commit_witness(ANN, event, draw.ref, 3, commitment="abc", now=NOW)
    acts.remove_witness(ANN, event, draw.ref, 3)
    acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    with pytest.raises(Conflict, match="waits for the second person"):
        acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.NOTARY, name="另一家")


def test_reveal_that_does_not_match_is_refused() -> None:
    event, (draw,) = make_draws()
    ready(event, draw)
    with pytest.raises(Conflict):
        acts.reveal(ANN, event, draw.ref, 1, nonce=nonce(1), now=NOW)
    acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    acts.confirm_freeze(BEN, event, draw.ref, now=NOW)
    with pytest.raises(DomainError, match="does not fit"):
        acts.reveal(ANN, event, draw.ref, 1, nonce=nonce(2), now=NOW)
    acts.reveal(ANN, event, draw.ref, 1, nonce=nonce(1), now=NOW)
    acts.reveal(ANN, event, draw.ref, 1, nonce=nonce(1), now=NOW)
    assert fresh(event, draw).status is DrawStatus.FROZEN
    acts.reveal(ANN, event, draw.ref, 2, nonce=nonce(2), now=NOW)
    assert fresh(event, draw).status is DrawStatus.REVEALED


def test_missing_witness_postpones_once_and_is_then_left_out_on_record() -> None:
    event, (draw,) = make_draws(people=4, prizes=1)
    freeze(event, draw)
    acts.reveal(ANN, event, draw.ref, 2, nonce=nonce(2), now=NOW)
    with pytest.raises(Conflict, match="postpone"):
        acts.skip_missing(ANN, event, draw.ref, now=NOW)
    later = NOW + timedelta(minutes=20)
    with pytest.raises(DomainError, match="still to come"):
        acts.postpone_reveals(ANN, event, draw.ref, to=NOW, now=NOW)
    acts.postpone_reveals(ANN, event, draw.ref, to=later, now=NOW)
    with pytest.raises(Conflict, match="not postponed again"):
        acts.postpone_reveals(ANN, event, draw.ref, to=later, now=NOW)
    with pytest.raises(Conflict, match="has not come"):
        acts.skip_missing(ANN, event, draw.ref, now=NOW)
    acts.skip_missing(ANN, event, draw.ref, now=later)
    acts.skip_missing(ANN, event, draw.ref, now=later)
    acts.enter_values(ANN, event, draw.ref, digits=DIGITS, now=later)
    acts.run_round(ANN, event, draw.ref, now=later)
    acts.publish_draw(ANN, event, draw.ref, now=later)
    published = queries.find_published(draw)
    assert published is not None
    assert json.loads(published.data)["rounds"][0]["reveals"] == [None, nonce(2)]
    assert check_files(published.data, queries.frozen_entries(draw)) == []


def test_digits_are_twenty_at_least_and_come_after_the_reveals() -> None:
    event, (draw,) = make_draws()
    freeze(event, draw)
    with pytest.raises(Conflict, match="not all revealed"):
        acts.enter_values(ANN, event, draw.ref, digits=DIGITS, now=NOW)
    for number in (1, 2):
        acts.reveal(ANN, event, draw.ref, number, nonce=nonce(number), now=NOW)
    for bad in ("", "1234567890123456789", DIGITS[:-1] + "x"):
        with pytest.raises(DomainError) as refused:
            acts.enter_values(ANN, event, draw.ref, digits=bad, now=NOW)
        assert refused.value.field == "digits"
    acts.enter_values(ANN, event, draw.ref, digits="3141 5926 5358 9793 ２３８４", now=NOW)
    assert acts.enter_values(BEN, event, draw.ref, digits=DIGITS, now=NOW).attempt == 1
    with pytest.raises(Conflict, match="correction"):
        acts.enter_values(BEN, event, draw.ref, digits=MORE_DIGITS, now=NOW)


def test_digits_are_corrected_by_another_person_and_the_first_stay_on_record() -> None:
    event, (draw,) = make_draws()
    reveal_all(event, draw)
    acts.enter_values(ANN, event, draw.ref, digits=MORE_DIGITS, now=NOW)
    with pytest.raises(NotAllowed):
        acts.correct_values(ANN, event, draw.ref, digits=DIGITS, reason="打错一位", now=NOW)
    with pytest.raises(DomainError):
        acts.correct_values(BEN, event, draw.ref, digits=DIGITS, reason="", now=NOW)
    acts.correct_values(BEN, event, draw.ref, digits=DIGITS, reason="打错一位", now=NOW)
    acts.run_round(ANN, event, draw.ref, now=NOW)
    (played,) = fresh(event, draw).rounds
    assert [(one.digits, one.reason) for one in played.values] == [(MORE_DIGITS, ""), (DIGITS, "打错一位")]
    assert played.outcome is not None
    assert played.outcome["values"] == [DIGITS]
    with pytest.raises(Conflict, match="is drawn"):
        acts.correct_values(BEN, event, draw.ref, digits=DIGITS, reason="再改", now=NOW)


def test_run_before_its_time_says_why_and_twice_gives_the_same() -> None:
    event, (draw,) = make_draws(people=5, prizes=2)
    freeze(event, draw)
    with pytest.raises(Conflict, match="not all revealed"):
        acts.run_round(ANN, event, draw.ref, now=NOW)
    for number in (1, 2):
        acts.reveal(ANN, event, draw.ref, number, nonce=nonce(number), now=NOW)
    with pytest.raises(Conflict, match="digits"):
        acts.run_round(ANN, event, draw.ref, now=NOW)
    acts.enter_values(ANN, event, draw.ref, digits=DIGITS, now=NOW)
    assert acts.run_round(ANN, event, draw.ref, now=NOW) == (0, True)
    first = [award.entry_code for award in queries.list_awards(draw)]
    assert acts.run_round(BEN, event, draw.ref, now=NOW) == (0, False)
    assert [award.entry_code for award in queries.list_awards(draw)] == first


def test_fewer_entries_than_prizes_leave_the_last_prizes_without_a_winner() -> None:
    event, (draw,) = make_draws(people=2, prizes=5)
    assert [award.slot.rpartition("-")[2] for award in run(event, draw)] == ["1", "2"]
    acts.publish_draw(ANN, event, draw.ref, now=NOW)


def test_redraw_replaces_absent_winners_alone() -> None:
    event, (draw,) = make_draws(people=8, prizes=3)
    before = run(event, draw)
    slots = [before[2].slot, before[0].slot]
    with pytest.raises(DomainError, match="at least one"):
        acts.propose_absent(ANN, event, draw.ref, slots=[], reason="未到", now=NOW)
    acts.propose_absent(ANN, event, draw.ref, slots=slots, reason="三次叫号未到", now=NOW)
    with pytest.raises(NotAllowed):
        acts.confirm_absent(ANN, event, draw.ref, now=NOW)
    with pytest.raises(Conflict, match="second person"):
        acts.publish_draw(ANN, event, draw.ref, now=NOW)
    redrawn = acts.confirm_absent(BEN, event, draw.ref, now=NOW)
    assert redrawn.unclaimed == sorted(slots)
    with pytest.raises(Conflict, match="digits"):
        acts.run_round(ANN, event, draw.ref, now=NOW)
    with pytest.raises(Conflict, match="under way"):
        acts.publish_draw(ANN, event, draw.ref, now=NOW)
    acts.enter_values(ANN, event, draw.ref, digits=MORE_DIGITS, now=NOW)
    assert acts.run_round(ANN, event, draw.ref, now=NOW) == (1, True)
    after = queries.list_awards(draw)
    held = {award.slot: award.entry_code for award in after if award.state is AwardState.WON}
    assert held[before[1].slot] == before[1].entry_code
    assert not {held[slot] for slot in slots} & {award.entry_code for award in before}
    assert [award.state for award in after].count(AwardState.ABSENT) == 2


def test_prize_handed_over_meanwhile_is_not_drawn_anew() -> None:
    event, (draw,) = make_draws(people=8, prizes=2)
    first, second = run(event, draw)
    acts.propose_absent(ANN, event, draw.ref, slots=[first.slot, second.slot], reason="未到", now=NOW)
    acts.hand_over_award(BEN, event, first.id, place="F-04", now=NOW)
    with pytest.raises(Conflict, match="handed over meanwhile"):
        acts.confirm_absent(BEN, event, draw.ref, now=NOW)
    assert {award.state for award in queries.list_awards(draw)} == {AwardState.WON, AwardState.CLAIMED}


def test_publish_refuses_rows_that_do_not_verify() -> None:
    event, (draw,) = make_draws(people=6, prizes=1)
    run(event, draw)
    (played,) = fresh(event, draw).rounds
    assert played.outcome is not None
    forged = dict(played.outcome)
    forged["values"] = [MORE_DIGITS]
    change = "UPDATE draw_round SET outcome = :outcome WHERE id = :id"
    tamper("draw_round", change, outcome=json.dumps(forged), id=played.id)
    with pytest.raises(DomainError, match="seed"):
        acts.publish_draw(ANN, event, draw.ref, now=NOW)
    assert fresh(event, draw).status is DrawStatus.DRAWN


def test_every_act_is_in_the_history() -> None:
    event, (draw,) = make_draws(people=8, prizes=2)
    awards = run(event, draw)
    redraw(event, draw, [awards[0].slot])
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    verbs = [entry.verb for entry in history_of(event.id, f"draw:{draw.id}")]
    assert set(verbs) == {
        "write rules", "publish rules", "open", "close", "add witness",
        "give witness hash",
        "propose freeze", "freeze", "reveal witness number", "end reveals", "enter digits", "run",
        "propose absent", "declare absent", "redraw", "publish record",
    }  # fmt: skip


def test_draw_of_another_event_is_not_found() -> None:
    event, (draw,) = make_draws()
    other = make_event()
    with pytest.raises(NotFound):
        acts.publish_rules(ANN, other, draw.ref, now=NOW)
    (award, *_) = run(event, draw)
    with pytest.raises(NotFound):
        acts.hand_over_award(ANN, other, award.id, place="", now=NOW)
    assert queries.list_awards_of(other, award.pass_id) == []


def test_instant_raffle_has_no_acts_on_stage() -> None:
    event = make_event()
    draw = make_draw(make_raffle(event, mode="instant"), at=None)
    with pytest.raises(Conflict, match="at once"):
        acts.publish_rules(ANN, event, draw.ref, now=NOW)
