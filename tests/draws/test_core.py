"""Terms, weights, shares and steps: plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite.draws.core.entries import masked, read_entry, slot_words, weight_of
from eventsite.draws.core.sharing import share
from eventsite.draws.core.steps import NextAct, Standing, next_act, step_of
from eventsite.draws.core.terms import (
    REQUIRED,
    PrizePlan,
    Terms,
    TermsFault,
    check_terms,
    pack,
    rules_of,
    unpack,
)
from eventsite.draws.enums import MOVES, DrawStatus, WeightPer
from eventsite.kernel.fairdraw.rules import check_rules, rules_sha256

NOON = datetime(2025, 9, 6, 4, tzinfo=UTC)


def terms(**given: object) -> Terms:
    defaults: dict[str, object] = {
        "title": "惊喜抽奖",
        "who": "游客",
        "how": "集满4枚印章",
        "draw_at": NOON,
        "method": "十面骰",
        "claim_place": "F-04",
        "claim_until": NOON + timedelta(hours=8),
        "claim_method": "出示兑奖码",
        "forfeiture": "视为放弃",
        "organizer": "辽宁省文旅厅",
        "contact": "服务台",
        "prizes": (PrizePlan(code="pz-1", level="一等奖", name="双人游", count=1, value_cny=2000),),
    }
    return Terms(**{**defaults, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_terms_without_a_field_of_the_law_name_it(name: str) -> None:
    empty: object = () if name == "prizes" else None if name in ("draw_at", "claim_until") else ""
    with pytest.raises(TermsFault) as refused:
        check_terms(terms(**{name: empty}))
    assert refused.value.missing == (name,)


def test_terms_allow_the_dearest_prize_of_the_law_and_no_more() -> None:
    def prize(value: float) -> tuple[PrizePlan, ...]:
        return (PrizePlan(code="A", level="一等奖", name="车", count=1, value_cny=value),)

    check_terms(terms(prizes=prize(50_000)))
    with pytest.raises(TermsFault):
        check_terms(terms(prizes=prize(50_000.01)))


def test_terms_end_claims_after_the_draw() -> None:
    with pytest.raises(TermsFault, match="only after the draw"):
        check_terms(terms(claim_until=NOON))


def test_rules_are_what_the_arithmetic_accepts_and_depend_on_every_word() -> None:
    rules = rules_of(terms(), event="jinan-2025", draw="rd-1")
    assert check_rules(rules) == []
    other = rules_of(terms(contact="主席台"), event="jinan-2025", draw="rd-1")
    assert rules_sha256(rules) != rules_sha256(other)


def test_rules_leave_out_prizes_without_pieces_and_hold_no_fractions() -> None:
    prizes = (
        PrizePlan(code="A", level="一等奖", name="券", count=2, value_cny=19.9),
        PrizePlan(code="B", level="二等奖", name="签", count=0, value_cny=5),
    )
    rules = rules_of(terms(prizes=prizes), event="e", draw="d")
    assert [(tier["code"], tier["value_cny"]) for tier in rules["tiers"]] == [("A", "19.90")]


def test_terms_come_back_as_they_were_packed() -> None:
    for one in (terms(weight_per=WeightPer.STAMP, max_weight=6), Terms()):
        assert unpack(pack(one)) == one


@pytest.mark.parametrize(
    ("quantity", "draws", "shares"),
    [(240, 3, [80, 80, 80]), (14, 3, [4, 4, 6]), (2, 3, [0, 0, 2]), (5, 1, [5]), (0, 2, [0, 0])],
)
def test_share_is_even_with_the_rest_in_the_last_draw(quantity: int, draws: int, shares: list[int]) -> None:
    assert [share(quantity, draws, place) for place in range(draws)] == shares


def test_weight_is_one_or_grows_with_stamps_up_to_the_most() -> None:
    assert weight_of(9, per=WeightPer.PERSON, most=5) == 1
    assert [weight_of(stamps, per=WeightPer.STAMP, most=5) for stamps in (0, 4, 9)] == [1, 4, 5]


def test_entry_is_masked_and_read_as_typed() -> None:
    assert masked("BIIZZZZP3F") == "BII····P3F"
    assert read_entry(" biiz zzz-p3f\n") == "BIIZZZZP3F"


def test_slot_is_called_by_its_level() -> None:
    tiers = [{"code": "pz-1", "name": "一等奖", "count": 1}, {"code": "pz-2", "name": "二等奖", "count": 4}]
    words = [slot_words(slot, {"tiers": tiers}) for slot in ("pz-1-1", "pz-2-3", "pz-9-1")]
    assert words == ["一等奖", "二等奖 3", "pz-9-1"]


def test_every_state_has_one_next_act() -> None:
    acts = {status: next_act(Standing(status=status, has_rules=True), NOON) for status in DrawStatus}
    assert acts == {
        DrawStatus.DRAFT: NextAct.OPEN,
        DrawStatus.OPEN: NextAct.CLOSE,
        DrawStatus.CLOSED: NextAct.COMMITS,
        DrawStatus.FROZEN: NextAct.REVEAL,
        DrawStatus.REVEALED: NextAct.VALUES,
        DrawStatus.DRAWN: NextAct.ABSENT_OR_PUBLISH,
        DrawStatus.PUBLISHED: NextAct.CLAIMS,
        DrawStatus.VOIDED: NextAct.NOTHING,
    }


def test_missing_witness_is_left_out_only_after_the_time_named() -> None:
    waiting = Standing(status=DrawStatus.FROZEN, has_rules=True, postponed_to=NOON)
    assert next_act(waiting, NOON - timedelta(seconds=1)) is NextAct.REVEAL
    assert next_act(waiting, NOON) is NextAct.SKIP_MISSING


def test_redraw_goes_through_digits_and_drawing_again() -> None:
    drawn = Standing(status=DrawStatus.DRAWN, has_rules=True, redraw_open=True)
    assert next_act(drawn, NOON) is NextAct.VALUES
    assert step_of(NextAct.VALUES) == 4
    assert step_of(NextAct.CLAIMS) == step_of(NextAct.NOTHING) == 8


def test_no_state_leads_back() -> None:
    order = list(DrawStatus)
    assert all(order.index(target) > order.index(source) for source in MOVES for target in MOVES[source])
