"""What is missing, which load is too much, which day is late, who passes the gate: plain values."""

from datetime import date, timedelta

import pytest

from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import Conflict
from eventsite.kernel.transitions import check_move
from eventsite.readiness.core import (
    DayState,
    LoadLevel,
    Paper,
    PassState,
    PermitFacts,
    PermitPaper,
    Verdict,
    check_days,
    judge_pass,
    load_of,
    masked,
    milestone_day,
    missing_of,
    needed_papers,
    permit_day,
    walking_order,
)
from eventsite.readiness.enums import FAULT_MOVES, CertificateKind, FaultState, Part
from tests.support.factories import DAY
from tests.support.factories_readiness import MORNING, NIGHT, evidence

FOOD = CertificateKind.FOOD


def lacking(**given: object) -> list[tuple[Part, str]]:
    return [(one.part, one.message) for one in missing_of(evidence(**given))]


def test_booth_with_everything_in_is_ready() -> None:
    assert lacking() == []


@pytest.mark.parametrize(
    ("given", "part", "message"),
    [
        ({"papers": ()}, Part.PERMIT, "%(paper)s: none is filed."),
        (
            {"papers": (Paper(kind=FOOD, expires_on=None, checked=False),)},
            Part.PERMIT,
            "%(paper)s: nobody has checked it yet.",
        ),
        (
            {"papers": (Paper(kind=FOOD, expires_on=DAY - timedelta(days=1), checked=True),)},
            Part.PERMIT,
            "%(paper)s: it ends on %(day)s, before the fair does.",
        ),
        (
            {"permits": (PermitPaper(name_zh="许可", name_en="Permit", status="submitted"),)},
            Part.PERMIT,
            "%(paper)s: not decided yet.",
        ),
        (
            {"permits": (PermitPaper(name_zh="许可", name_en="Permit", status="rejected"),)},
            Part.PERMIT,
            "%(paper)s: refused.",
        ),
        ({"needs_circuit": True}, Part.POWER, "It hangs on no circuit yet."),
        (
            {"loads": (load_of("B-Q1", [6, 6.5], 12),)},
            Part.POWER,
            "%(code)s carries %(kw)g kW, and its limit is %(limit)g kW.",
        ),
        ({"inspected": False}, Part.POWER, "Nobody has inspected its power yet."),
        ({"passes": 0}, Part.PEOPLE, "No staff pass is issued."),
        ({"inside": 0}, Part.PEOPLE, "Nobody of its people has come yet."),
        ({"sign_up": False}, Part.SIGN, "Its sign is not up."),
        ({"gifts_counted": False}, Part.GIFTS, "Its giveaways are not counted."),
    ],
)
def test_booth_that_lacks_one_thing_is_told_which(given: dict[str, object], part: Part, message: str) -> None:
    assert lacking(**given) == [(part, message)]


@pytest.mark.parametrize(
    "given",
    [
        {"papers": (Paper(kind=FOOD, expires_on=DAY, checked=True),)},
        {"permits": (PermitPaper(name_zh="许可", name_en="Permit", status="not_required"),)},
        {"loads": (load_of("B-Q1", [12], 12),)},
        {"loads": (load_of("B", [99], None),)},
        {"draws_power": False, "inspected": False, "loads": (load_of("B-Q1", [13], 12),)},
        {"inside": 0, "people_ticked": True},
        {"allowed": 0, "passes": 0, "people_ticked": True},
        {"has_gifts": False, "gifts_counted": False},
    ],
)
def test_booth_that_need_not_show_it_lacks_nothing(given: dict[str, object]) -> None:
    assert lacking(**given) == []


def test_one_certificate_that_holds_is_enough() -> None:
    papers = (
        Paper(kind=FOOD, expires_on=DAY - timedelta(days=9), checked=True),
        Paper(kind=FOOD, expires_on=None, checked=True),
    )
    assert lacking(papers=papers) == []


def test_what_a_booth_has_to_show_follows_from_what_it_does() -> None:
    def names(category: str, **more: bool) -> list[str]:
        told = {"food_permit": False, "open_flame": False, "is_float": False, **more}
        return [kind.value for kind in needed_papers(category, **told)]

    assert names("food", food_permit=True) == ["business", "food", "health"]
    assert names("heritage") == []
    assert names("heritage", food_permit=True, open_flame=True) == ["food", "health", "fire"]
    assert names("city_show", is_float=True) == ["insurance"]


@pytest.mark.parametrize(
    ("kw", "limit", "level", "percent"),
    [
        ([7.9], 10, LoadLevel.FREE, 79),
        ([8], 10, LoadLevel.NEAR, 80),
        ([0.1] * 100, 10, LoadLevel.NEAR, 100),
        ([0.1] * 100 + [0.01], 10, LoadLevel.OVER, 101),
        ([3], None, LoadLevel.UNKNOWN, 0),
    ],
)
def test_load_stands_to_its_limit(
    kw: list[float], limit: float | None, level: LoadLevel, percent: int
) -> None:
    load = load_of("A-Q1", kw, limit)
    assert (load.level, load.percent) == (level, percent)


@pytest.mark.parametrize(
    ("status", "left", "state"),
    [
        ("preparing", 8, DayState.AHEAD),
        ("preparing", 7, DayState.SOON),
        ("preparing", 0, DayState.SOON),
        ("preparing", -1, DayState.LATE),
        ("submitted", -1, DayState.WAITING),
        ("approved", -9, DayState.DONE),
        ("not_required", -9, DayState.DONE),
        ("rejected", 9, DayState.REFUSED),
    ],
)
def test_permit_counts_down(status: str, left: int, state: DayState) -> None:
    count = permit_day(status, DAY, DAY - timedelta(days=left))
    assert (count.state, count.days, count.late_by) == (state, left, max(-left, 0))


def test_milestone_is_late_until_it_is_done() -> None:
    after = DAY + timedelta(days=2)
    assert milestone_day(done=False, due=DAY, today=after).state is DayState.LATE
    assert milestone_day(done=True, due=DAY, today=after).state is DayState.DONE


def permit_facts(**given: object) -> PermitFacts:
    empty = dict.fromkeys(("due_on", "applied_on", "decided_on", "number", "note_zh"))
    return PermitFacts(**{"status": "preparing", "concerns": "every", **empty, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"status": "submitted"}, "applied_on"),
        ({"status": "approved", "applied_on": DAY}, "decided_on"),
        ({"applied_on": DAY + timedelta(days=1)}, "applied_on"),
        ({"applied_on": DAY, "decided_on": DAY - timedelta(days=1)}, "decided_on"),
    ],
)
def test_days_of_a_permit_that_contradict_are_refused(given: dict[str, date], field: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_days(permit_facts(**given), DAY)
    assert refused.value.field == field


def test_days_of_a_permit_that_fit_are_taken() -> None:
    check_days(permit_facts(status="approved", applied_on=DAY, decided_on=DAY), DAY)


def state(**given: object) -> PassState:
    usual = {
        "valid_from": MORNING,
        "valid_until": NIGHT,
        "single_use": False,
        "entries": 0,
        "inside": False,
        "revoked": False,
    }
    return PassState(**{**usual, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "at", "verdict"),
    [
        ({}, MORNING, Verdict.LET_IN),
        ({}, NIGHT, Verdict.EXPIRED),
        ({}, MORNING - timedelta(seconds=1), Verdict.EARLY),
        ({"revoked": True}, MORNING, Verdict.REVOKED),
        ({"single_use": True, "entries": 1}, MORNING, Verdict.USED),
        ({"entries": 5}, MORNING, Verdict.LET_IN),
        ({"inside": True, "revoked": True}, NIGHT, Verdict.LET_OUT),
    ],
)
def test_gate_judges_a_pass(given: dict[str, object], at: object, verdict: Verdict) -> None:
    assert judge_pass(state(**given), at) is verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "shown"), [("辽B·12345", "辽B····45"), ("1234", "····"), ("", ""), ("12345", "12·45")]
)
def test_masked_shows_the_ends_alone(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_way_goes_along_a_row_and_back_along_the_next() -> None:
    def box(x: float, y: float) -> Box:
        return Box(x=x, y=y, w=100, h=140)

    places = [
        ("A-06", box(200, 305)),
        ("A-01", box(0, 0)),
        ("A-05", box(100, 300)),
        ("A-03", box(200, 6)),
        ("A-04", box(0, 296)),
        ("A-02", box(100, 3)),
    ]
    assert walking_order(places) == ["A-01", "A-02", "A-03", "A-06", "A-05", "A-04"]
    assert walking_order([]) == []


def test_fault_moves_through_its_states_and_no_other_way() -> None:
    moves = {(one, two) for one in FaultState for two in FaultState if two in FAULT_MOVES[one]}
    assert {(one.value, two.value) for one, two in moves} == {
        ("open", "assigned"),
        ("assigned", "assigned"),
        ("assigned", "fixed"),
        ("fixed", "assigned"),
        ("fixed", "closed"),
    }
    with pytest.raises(Conflict):
        check_move(FAULT_MOVES, FaultState.OPEN, FaultState.CLOSED)
