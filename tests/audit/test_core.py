from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest

from eventsite.audit.core import (
    ChainCheck,
    Change,
    Fault,
    FaultKind,
    Head,
    HistoryEntry,
    KnotCheck,
    first_of_stretch,
    judge_head,
    plain,
    read_entry,
    read_heads,
    write_heads,
)
from eventsite.kernel.lanes import Lane, Row, link


class Colour(Enum):
    RED = "red"


def rows_of(lane: Lane, count: int) -> list[Row]:
    return [lane.entry("pass:1", "stamp", f"booth:{n}") for n in range(count)]


def faults_of(rows: Sequence[Sequence[object]]) -> list[Fault]:
    check = ChainCheck()
    return [fault for row in rows for fault in check.faults_at(row)]


def test_plain_makes_every_value_fit_for_the_log() -> None:
    value = {
        "at": datetime(2025, 9, 6, 4, tzinfo=UTC),
        "day": date(2025, 9, 6),
        "x": 1.5,
        "price": Decimal("9.90"),
        "colour": Colour.RED,
        "tags": {"b", "a"},
        "inner": ({"yes": True, "none": None},),
    }

    assert plain(value) == {
        "at": "2025-09-06T04:00:00+00:00",
        "day": "2025-09-06",
        "x": "1.5",
        "price": "9.90",
        "colour": "red",
        "tags": ["a", "b"],
        "inner": [{"yes": True, "none": None}],
    }


def test_plain_of_a_foreign_object_raises() -> None:
    with pytest.raises(TypeError):
        plain(object())


def test_read_entry_pairs_before_and_after() -> None:
    detail = '{"after":{"name":"乙","size":3},"before":{"name":"甲"},"from":"192.0.2.1","why":"错字"}'

    entry = read_entry((1_000_000, 7, "account:1", "rename", "booth:2", detail))

    assert entry == HistoryEntry(
        at=datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC),
        event_id=7,
        actor="account:1",
        origin="192.0.2.1",
        verb="rename",
        thing="booth:2",
        changes=(
            Change(field="name", before="甲", after="乙"),
            Change(field="size", before=None, after=3),
        ),
        detail={"why": "错字"},
    )


def test_a_sound_chain_has_no_faults() -> None:
    one, other = Lane(), Lane()

    assert faults_of(rows_of(one, 3) + rows_of(other, 2)) == []


@pytest.mark.parametrize("column", range(2, 9))
def test_a_changed_value_in_any_column_is_named_once(column: int) -> None:
    rows: list[list[object]] = [list(row) for row in rows_of(Lane(), 4)]
    forged = {2: 5, 3: 9, 4: "pass:2", 5: "claim", 6: "booth:9", 7: '{"x":1}', 8: b"0" * 32}[column]
    rows[1][column] = forged
    found = faults_of(rows)

    assert found[0].kind is FaultKind.ROW_CHANGED
    assert found[0].seq == 2
    assert len(found) == (2 if column == 8 else 1)  # a changed hash also breaks the row that follows on it


def test_a_value_no_row_can_hold_is_a_changed_row() -> None:
    rows: list[list[object]] = [list(row) for row in rows_of(Lane(), 2)]
    rows[0][2] = 1.5

    assert faults_of(rows)[0].kind is FaultKind.ROW_CHANGED


def test_missing_rows_are_named_with_the_first_of_them() -> None:
    lane = Lane()
    rows = rows_of(lane, 5)

    assert faults_of([rows[0], rows[3], rows[4]]) == [Fault(kind=FaultKind.ROWS_MISSING, lane=lane.id, seq=2)]
    assert faults_of(rows[1:]) == [Fault(kind=FaultKind.ROWS_MISSING, lane=lane.id, seq=1)]


def test_knots_name_what_is_changed_and_what_is_missing() -> None:
    heads = [write_heads([Head(1, n, "aa")]) for n in range(1, 4)]
    knots, previous = [], b""
    for n, text in enumerate(heads, 1):
        previous = link(previous, (n, n, text))
        knots.append((n, n, text, previous))
    forged = (2, 2, heads[0], knots[1][3])

    def faults(rows) -> list[Fault]:
        check = KnotCheck()
        return [fault for row in rows for fault in check.faults_at(row)]

    assert faults(knots) == []
    assert faults([knots[0], forged, knots[2]]) == [Fault(kind=FaultKind.KNOT_CHANGED, knot=2)]
    assert faults([knots[0], knots[2]]) == [Fault(kind=FaultKind.KNOT_MISSING, knot=2)]


def test_moved_heads_are_those_the_knot_before_did_not_have() -> None:
    check = KnotCheck()
    first = (1, 1, write_heads([Head(1, 5, "aa"), Head(2, 1, "bb")]), b"")
    second = (2, 2, write_heads([Head(1, 5, "aa"), Head(2, 4, "cc"), Head(3, 1, "dd")]), b"")

    assert check.moved_heads(first) == [Head(1, 5, "aa"), Head(2, 1, "bb")]
    assert check.moved_heads(second) == [Head(2, 4, "cc"), Head(3, 1, "dd")]


def test_lane_that_a_knot_passes_over_has_not_moved() -> None:
    check = KnotCheck()
    knots = [[Head(1, 5, "aa"), Head(2, 1, "bb")], [Head(2, 4, "cc")], [Head(1, 5, "aa"), Head(2, 4, "cc")]]

    moved = [check.moved_heads((n, n, write_heads(heads), b"")) for n, heads in enumerate(knots, 1)]

    assert moved == [knots[0], knots[1], []]


def test_every_sixtieth_knot_begins_a_stretch() -> None:
    assert [first_of_stretch(number) for number in (1, 2, 60, 61, 120, 121)] == [1, 1, 1, 61, 61, 121]


@pytest.mark.parametrize("text", ["", "{}x", "[1]", "[[1,2]]", None, "[[null,1,2]]"])
def test_read_heads_of_no_heads(text: object) -> None:
    assert read_heads(text) is None


def test_judge_head_tells_gone_from_cut_from_rewritten() -> None:
    head = Head(1, 5, "aa")

    assert judge_head(head, b"\xaa", 9, 3) is None
    assert [
        fault and fault.kind
        for fault in (
            judge_head(head, b"\xbb", 9, 3),
            judge_head(head, None, None, 3),
            judge_head(head, None, 4, 3),
            judge_head(head, None, 9, 3),
        )
    ] == [FaultKind.LANE_REWRITTEN, FaultKind.LANE_GONE, FaultKind.LANE_CUT, FaultKind.ROWS_MISSING]


def test_every_fault_has_a_sentence_that_can_be_filled_in() -> None:
    told = [str(Fault(kind=kind, lane=1, seq=2, knot=3)) for kind in FaultKind]

    assert told[0] == "Row 2 of lane 1 was changed."
    assert len(set(told)) == len(FaultKind)
