"""How slots and troupes stand, and what remains of times when one is cut out."""

from dataclasses import replace

import pytest

from eventsite.kernel.errors import DomainError
from eventsite.troupes.core.slots import (
    Answered,
    check_text,
    is_erasable,
    masked,
    only,
    slot_state,
    slots_of,
    troupe_state,
    without,
)
from eventsite.troupes.enums import SlotState, TroupeState
from tests.support.factories_programme import a_slot, an_item, at

ITEM = an_item("pg-1", "10:00", "10:30")
SAID = Answered(stage="S1", slot=ITEM.slot, off=False, number=1)
OFF = replace(ITEM, status="cancelled")


@pytest.mark.parametrize(
    ("item", "said", "state"),
    [
        (ITEM, None, SlotState.ASKED),
        (ITEM, SAID, SlotState.CONFIRMED),
        (ITEM, replace(SAID, slot=a_slot("10:05", "10:30")), SlotState.CHANGED),
        (ITEM, replace(SAID, stage="S2"), SlotState.CHANGED),
        (OFF, None, SlotState.OFF),
        (OFF, SAID, SlotState.CHANGED),
        (OFF, replace(SAID, off=True), SlotState.OFF),
        (ITEM, replace(SAID, off=True), SlotState.CHANGED),
        (replace(ITEM, slot=a_slot("10:10", "10:40"), planned=ITEM.slot), SAID, SlotState.CONFIRMED),
    ],
)
def test_a_slot_is_asked_about_again_when_the_plan_moved_and_not_for_a_delay(item, said, state):
    assert slot_state(item, said) is state


def test_what_needs_somebody_decides_how_a_troupe_stands():
    other = an_item("pg-2", "11:00", "11:30")
    both = {"pg-1": SAID, "pg-2": replace(SAID, slot=other.slot)}
    assert troupe_state(slots_of([ITEM, other], both), has_link=True, problems=1) is TroupeState.PROBLEM
    assert troupe_state(slots_of([ITEM, other], both), has_link=True, problems=0) is TroupeState.CONFIRMED
    assert (
        troupe_state(slots_of([ITEM, other], {"pg-1": SAID}), has_link=True, problems=0) is TroupeState.PARTLY
    )
    assert troupe_state(slots_of([OFF], {"pg-1": SAID}), has_link=True, problems=0) is TroupeState.CHANGED
    assert troupe_state(slots_of([ITEM], {}), has_link=True, problems=0) is TroupeState.ASKED
    assert troupe_state(slots_of([ITEM], {}), has_link=False, problems=0) is TroupeState.NO_LINK
    assert troupe_state((), has_link=True, problems=0) is TroupeState.NO_SLOTS


def test_a_time_is_cut_out_of_those_that_there_are():
    day = a_slot("9:00", "20:00")
    assert without([day], a_slot("12:00", "13:00")) == [a_slot("9:00", "12:00"), a_slot("13:00", "20:00")]
    assert without([day], a_slot("8:00", "13:00")) == [a_slot("13:00", "20:00")]
    assert without([day], a_slot("21:00", "22:00")) == [day]
    with pytest.raises(DomainError):
        without([day], a_slot("8:00", "21:00"))


def test_texts_say_something_and_addresses_are_masked():
    assert check_text("  音响 ") == "音响"
    for bad in (" ", "长" * 501):
        with pytest.raises(DomainError):
            check_text(bad)
    assert masked("lead@fair.example") == "l***@fair.example"
    assert masked("nothing") == "***"


def test_addresses_are_kept_thirty_days():
    assert not is_erasable(at("20:30"), at("20:29", day=30))
    assert is_erasable(at("20:30"), at("20:30", day=30))


def test_items_without_a_troupe_are_nobodys():
    assert only({"tp-1"}, [ITEM]) == ()
