"""A refused row is known by the name of its constraint, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from eventsite.database import FOREIGN_KEY, violated
from tests.support.factories import make_booth, make_event, make_zone

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def same_code() -> None:
    event = make_event()
    make_zone(event, code="A")
    make_zone(event, code="A")


def negative_capacity() -> None:
    make_zone(capacity=-1)


def no_such_zone() -> None:
    make_booth(zone_id=987654)


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (same_code, "uq_zone_event_id_code"),
        (negative_capacity, "ck_zone_capacity"),
        (no_such_zone, FOREIGN_KEY),
    ],
)
def test_violated_names_the_constraint(act: Callable[[], None], name: str) -> None:
    with pytest.raises(IntegrityError) as refusal:
        act()
    assert violated(refusal.value) == name


def test_a_refusal_does_not_repeat_what_was_to_be_written() -> None:
    with pytest.raises(IntegrityError) as refusal:
        make_zone(capacity=-1, description_zh="不该出现在日志里")
    assert "不该出现在日志里" not in str(refusal.value).split("DETAIL", maxsplit=1)[0]
