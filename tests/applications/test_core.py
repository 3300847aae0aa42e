"""Applications as plain values: codes, sums, what is lacking, who reads what."""

from itertools import product

import pytest

from eventsite.applications.core.asked import Question, Terms, check_complete
from eventsite.applications.core.facts import Appliance, Product, is_credit_code, masked, power_of
from eventsite.applications.core.review import Needs, Opinion, matters_of, problems, unread
from eventsite.applications.enums import (
    IN_THE_QUOTA,
    MATTER_OF_SLOT,
    MATTER_WORDS,
    MOVES,
    OFFICES,
    PLACEABLE,
    STATUS_WORDS,
    Matter,
    QuestionKind,
    Slot,
    Status,
    Verdict,
)
from eventsite.applications.errors import Incomplete
from eventsite.kernel.errors import Conflict
from eventsite.kernel.transitions import check_move
from tests.support.factories_applications import CREDIT_CODE, application_facts

TERMS = Terms(most_kw=3, most_products=2, needs=())


def lacking(facts, terms=TERMS, files=()) -> list[str | None]:
    with pytest.raises(Incomplete) as caught:
        check_complete(facts, terms, files)
    return [error.field for error in caught.value.lacking]


def test_a_credit_code_is_known_by_its_check_digit() -> None:
    assert is_credit_code(CREDIT_CODE)
    assert not is_credit_code(CREDIT_CODE[:-1] + "4")
    assert not is_credit_code("9135010OM000100Y43")  # a letter that the standard leaves out
    assert not is_credit_code(CREDIT_CODE[:-1])
    assert not is_credit_code(CREDIT_CODE + "\n")
    assert not is_credit_code("")


def test_power_is_the_sum_without_tails_of_binary_fractions() -> None:
    assert power_of((Appliance(name="a", kw=0.1, number=3), Appliance(name="b", kw=0.2, number=1))) == 0.5
    assert power_of(()) == 0


def test_a_telephone_is_shown_masked() -> None:
    assert masked("+8613812345678") == "138****5678"
    assert masked("12345") == "****"


def test_a_complete_form_lacks_nothing() -> None:
    check_complete(application_facts(), TERMS, ())


def test_everything_that_is_lacking_is_told_at_once() -> None:
    facts = application_facts(
        unit_zh="", phone="", zone="", products=(), commitment_signed=False, consented=False
    )

    assert lacking(facts) == [
        "unit_zh",
        "phone",
        "zone",
        "commitment_signed",
        "consented",
        "product_name_0",
    ]


def test_more_power_or_products_than_a_booth_has_are_lacking_room() -> None:
    facts = application_facts(
        appliances=(Appliance(name="烤炉", kw=1.6, number=2),),
        products=tuple(Product(name=str(n), price_fen=None) for n in range(3)),
    )

    assert lacking(facts) == ["appliance_name_0", "product_name_0"]


def test_files_and_answers_are_asked_for() -> None:
    asked = (
        Question(key="q1", kind=QuestionKind.TEXT, required=True),
        Question(key="q2", kind=QuestionKind.TEXT, required=False),
    )
    terms = Terms(most_kw=3, most_products=2, needs=(Slot.BUSINESS, Slot.FOOD), questions=asked)

    assert lacking(application_facts(), terms, {Slot.FOOD}) == ["file_business", "q1"]
    check_complete(application_facts(answers={"q1": "x"}), terms, {Slot.FOOD, Slot.BUSINESS})


def test_each_matter_is_there_where_it_is_asked_for() -> None:
    nothing = Needs(
        power_kw=0,
        needs_water=False,
        open_flame=False,
        food_required=False,
        street_occupation=False,
        passes=0,
        insured=False,
    )
    everything = Needs(
        power_kw=1,
        needs_water=False,
        open_flame=True,
        food_required=True,
        street_occupation=True,
        passes=1,
        insured=True,
    )

    assert matters_of(nothing) == (Matter.BOOTH, Matter.INSURANCE, Matter.COMMITMENT)
    assert matters_of(everything) == tuple(Matter)


def test_what_is_open_among_the_matters() -> None:
    opinions = (
        Opinion(matter=Matter.BOOTH, verdict=Verdict.OK),
        Opinion(matter=Matter.POWER, verdict=Verdict.PROBLEM, point="x"),
        Opinion(matter=Matter.FOOD),
    )

    assert unread(opinions) == (Matter.FOOD,)
    assert problems(opinions) == (opinions[1],)


def test_every_word_has_its_words() -> None:
    assert set(STATUS_WORDS) == set(MOVES) == set(Status)
    assert set(MATTER_WORDS) == set(OFFICES) == set(Matter)
    assert set(MATTER_OF_SLOT) == set(Slot)
    assert set(PLACEABLE) < set(IN_THE_QUOTA)


@pytest.mark.parametrize(("start", "end"), list(product(Status, Status)))
def test_the_table_of_moves_is_all_there_is(start: Status, end: Status) -> None:
    if end in MOVES[start]:
        check_move(MOVES, start, end)
        return
    with pytest.raises(Conflict):
        check_move(MOVES, start, end)


def test_what_is_over_stays_over_and_nothing_returns_to_draft() -> None:
    assert MOVES[Status.REJECTED] == MOVES[Status.WITHDRAWN] == frozenset()
    assert all(Status.DRAFT not in targets for targets in MOVES.values())
    assert Status.RETURNED not in MOVES[Status.RETURNED]
