"""Slots, passes, the gate, certificates, ticks, faults and opening, each with its row in the log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from eventsite.accounts.core import Actor
from eventsite.applications.enums import How, Status
from eventsite.applications.enums import Slot as PaperSlot
from eventsite.applications.models import ApplicationFile
from eventsite.applications.operations import assign_booth, reject_application, release_booth
from eventsite.audit.queries import history_of
from eventsite.database import atomic
from eventsite.events.queries import get_delegation
from eventsite.files.enums import FileKind
from eventsite.files.operations import keep_file
from eventsite.files.queries import find_file, open_file, read_bytes
from eventsite.kernel.errors import Conflict, NotFound, StaleEdit
from eventsite.market.core import CircuitFacts
from eventsite.market.enums import LiveState
from eventsite.market.operations import connect_booths, create_circuit
from eventsite.market.queries import get_booth
from eventsite.readiness import operations, queries
from eventsite.readiness.enums import (
    CertificateKind,
    CheckKind,
    Direction,
    FaultState,
    Moment,
    Part,
    PassKind,
    SlotKind,
)
from eventsite.readiness.operations.passes import VEHICLES_OF_ALL
from tests.support.counting import count_queries
from tests.support.factories import (
    DAY,
    NOW,
    make_application,
    make_booth,
    make_giveaway,
    make_milestone,
    make_permit,
    make_post,
)
from tests.support.factories_market import ORGANIZER
from tests.support.factories_readiness import (
    NIGHT,
    Stall,
    access_facts,
    certificate_facts,
    fault_facts,
    make_pass,
    make_ready,
    make_stall,
    slot_facts,
    vehicle_facts,
)
from tests.support.uploads import pdf, picture

pytestmark = pytest.mark.both_databases
OTHER = Actor(ref="account:2", label="zone lead")
IN, OUT = Direction.IN, Direction.OUT


@pytest.fixture
def stall(context: None) -> Stall:
    return make_stall()


def verbs(stall: Stall, thing: str) -> list[str]:
    return [entry.verb for entry in history_of(stall.event.id, thing)][::-1]


def missing(stall: Stall) -> set[Part]:
    (row,) = queries.readiness_of(stall.event, only=[stall.booth])
    return set(row.parts)


def test_booth_is_ready_once_all_is_in_and_opens(stall: Stall) -> None:
    assert missing(stall) == {Part.POWER, Part.PEOPLE, Part.SIGN}
    with pytest.raises(Conflict):
        operations.open_booth(ORGANIZER, stall.event, "A-01", now=NOW)
    make_ready(stall)
    assert missing(stall) == set()

    operations.open_booth(ORGANIZER, stall.event, "A-01", now=NOW)
    operations.open_booth(OTHER, stall.event, "A-01", now=NOW)

    booth = get_booth(stall.event, "A-01")
    assert (booth.live_state, booth.live_at) == (LiveState.OPEN, NOW)
    assert verbs(stall, f"booth:{booth.id}").count("open") == 1


def test_organizer_opens_an_unready_booth_with_a_reason_that_stays(stall: Stall) -> None:
    cleared = operations.open_unready_booth(ORGANIZER, stall.event, "A-01", reason="领导批准", now=NOW)
    assert cleared.missing == ["people", "power", "sign"]
    (entry,) = [e for e in history_of(stall.event.id, f"booth:{stall.booth.id}") if e.verb == "open unready"]
    assert (entry.detail["reason"], entry.detail["missing"]) == ("领导批准", ["people", "power", "sign"])


def test_cancelled_booth_takes_no_part_and_does_not_open(context: None) -> None:
    stall = make_stall(status="cancelled")
    assert queries.readiness_of(stall.event) == []
    with pytest.raises(Conflict):
        operations.open_booth(ORGANIZER, stall.event, "A-01", now=NOW)


def test_missing_permit_and_power_over_its_limit_keep_a_booth_from_ready(stall: Stall) -> None:
    make_ready(stall)
    permit = make_permit(stall.event, status="submitted")
    assert missing(stall) == {Part.PERMIT}
    facts = permit.facts.__class__(**{**vars(permit.facts), "concerns": "food", "applied_on": DAY})
    operations.edit_permit(ORGANIZER, stall.event, permit.ref, facts, version=permit.version, today=DAY)
    assert missing(stall) == set()

    create_circuit(ORGANIZER, stall.event, CircuitFacts(code="A-Q1", zone="A", limit_kw=2.0))
    assert missing(stall) == {Part.POWER}
    connect_booths(ORGANIZER, stall.event, "A-Q1", ["A-01"])
    (row,) = queries.readiness_of(stall.event)
    assert [one.message for one in row.missing] == [
        "%(code)s carries %(kw)g kW, and its limit is %(limit)g kW."
    ]


def test_giveaways_are_counted_with_a_number(stall: Stall) -> None:
    make_ready(stall)
    make_giveaway(stall.event, booth_id=stall.booth.id, zone_id=stall.booth.zone_id)
    assert missing(stall) == {Part.GIFTS}
    with pytest.raises(Conflict) as refused:
        operations.tick(ORGANIZER, stall.event, "A-01", CheckKind.GIFTS, now=NOW)
    assert refused.value.field == "counted"
    check = operations.tick(ORGANIZER, stall.event, "A-01", CheckKind.GIFTS, counted=200, now=NOW)
    assert check.counted == 200
    assert missing(stall) == set()


def test_second_tick_returns_the_first_and_undo_leaves_both_in_the_log(stall: Stall) -> None:
    first = operations.tick(ORGANIZER, stall.event, "A-01", CheckKind.SIGN, now=NOW)
    again = operations.tick(OTHER, stall.event, "A-01", CheckKind.SIGN, now=NIGHT)
    assert (again.id, again.by, again.at) == (first.id, ORGANIZER.ref, NOW)
    operations.untick(OTHER, stall.event, "A-01", CheckKind.SIGN)
    operations.untick(OTHER, stall.event, "A-01", CheckKind.SIGN)
    assert queries.find_check(stall.booth, CheckKind.SIGN) is None
    assert verbs(stall, f"booth:{stall.booth.id}") == ["tick", "untick"]


def test_photos_check_a_booth_in_and_out(stall: Stall) -> None:
    for seed, moment in enumerate([Moment.SETUP, Moment.SETUP, Moment.CLEARED]):
        upload = read_bytes(picture(seed=seed), name="布展.jpg", kind=FileKind.PHOTO)
        operations.take_photo(ORGANIZER, stall.event, "A-01", moment, upload, now=NOW)
    filed = queries.booth_file(stall.event, stall.booth)
    assert (len(filed.setup), len(filed.cleared)) == (2, 1)
    told = [verb for verb in verbs(stall, f"booth:{stall.booth.id}") if verb != "keep"]
    assert told == ["check in", "add photo", "check out"]


def test_photos_of_a_moment_are_not_endless(stall: Stall) -> None:
    upload = read_bytes(picture(), name="a.jpg", kind=FileKind.PHOTO)
    for _number in range(6):
        operations.take_photo(ORGANIZER, stall.event, "A-01", Moment.SETUP, upload, now=NOW)
    with pytest.raises(Conflict):
        operations.take_photo(ORGANIZER, stall.event, "A-01", Moment.SETUP, upload, now=NOW)


def test_slots_are_booked_until_they_are_full(stall: Stall) -> None:
    for number in (2, 3):
        make_booth(zone=stall.fair.zone, code=f"A-0{number}", map_x=30 + 120 * number)
    slot = operations.create_slot(ORGANIZER, stall.event, slot_facts())
    for code in ("A-01", "A-01", "A-02"):
        operations.book_slot(ORGANIZER, stall.event, code, slot.id, now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.book_slot(ORGANIZER, stall.event, "A-03", slot.id, now=NOW)
    assert refused.value.field == "slot"
    operations.give_up_slot(ORGANIZER, stall.event, "A-02", SlotKind.SETUP)
    operations.give_up_slot(ORGANIZER, stall.event, "A-02", SlotKind.SETUP)
    operations.book_slot(ORGANIZER, stall.event, "A-03", slot.id, now=NOW)
    assert queries.get_slot(stall.event, slot.id).taken == 2


def test_booking_another_slot_gives_the_first_back(stall: Stall) -> None:
    first = operations.create_slot(ORGANIZER, stall.event, slot_facts())
    start = slot_facts().ends_at
    later = slot_facts(starts_at=start, ends_at=start + timedelta(hours=2))
    second = operations.create_slot(ORGANIZER, stall.event, later)
    for slot in (first, second):
        operations.book_slot(ORGANIZER, stall.event, "A-01", slot.id, now=NOW)
    taken = [queries.get_slot(stall.event, slot.id).taken for slot in (first, second)]
    assert taken == [0, 1]


def test_slot_of_another_zone_or_time_is_refused(stall: Stall) -> None:
    elsewhere = operations.create_slot(ORGANIZER, stall.event, slot_facts(zone="B"))
    with pytest.raises(Conflict):
        operations.book_slot(ORGANIZER, stall.event, "A-01", elsewhere.id, now=NOW)
    operations.create_slot(ORGANIZER, stall.event, slot_facts())
    with pytest.raises(Conflict) as twice:
        operations.create_slot(ORGANIZER, stall.event, slot_facts())
    assert twice.value.field == "starts_at"
    with pytest.raises(Conflict) as backwards:
        operations.create_slot(ORGANIZER, stall.event, slot_facts(ends_at=slot_facts().starts_at))
    assert backwards.value.field == "ends_at"


def test_slot_that_is_booked_stays_large_enough_and_stays(stall: Stall) -> None:
    slot = operations.create_slot(ORGANIZER, stall.event, slot_facts(capacity=1))
    operations.book_slot(ORGANIZER, stall.event, "A-01", slot.id, now=NOW)
    read = queries.get_slot(stall.event, slot.id).version
    with pytest.raises(Conflict) as refused:
        operations.edit_slot(ORGANIZER, stall.event, slot.id, slot_facts(zone="B", capacity=1), version=read)
    assert refused.value.field is None
    with pytest.raises(Conflict):
        operations.remove_slot(ORGANIZER, stall.event, slot.id, version=read)
    with pytest.raises(StaleEdit):
        operations.edit_slot(ORGANIZER, stall.event, slot.id, slot_facts(capacity=3), version=read + 7)


def test_slot_does_not_shrink_below_what_is_booked(stall: Stall) -> None:
    make_booth(zone=stall.fair.zone, code="A-02", map_x=200)
    slot = operations.create_slot(ORGANIZER, stall.event, slot_facts())
    for code in ("A-01", "A-02"):
        operations.book_slot(ORGANIZER, stall.event, code, slot.id, now=NOW)
    read = queries.get_slot(stall.event, slot.id).version
    with pytest.raises(Conflict) as refused:
        operations.edit_slot(ORGANIZER, stall.event, slot.id, slot_facts(capacity=1), version=read)
    assert refused.value.field == "capacity"


def test_passes_are_numbered_up_to_the_allowance_and_a_withdrawn_number_is_free(stall: Stall) -> None:
    issued = [make_pass(stall) for _ in range(4)]
    assert [one.number for one in issued] == [1, 2, 3, 4]
    with pytest.raises(Conflict) as refused:
        make_pass(stall)
    assert refused.value.field == "kind"
    operations.revoke_pass(ORGANIZER, stall.event, issued[1].id, reason="遗失", now=NOW)
    assert make_pass(stall).number == 2
    assert make_pass(stall, vehicle_facts()).number == 1
    assert queries.count_passes(stall.booth, PassKind.STAFF) == 4
    assert len({one.key for one in issued} | {one.typed_code.encode() for one in issued}) == 8


def test_vehicle_pass_needs_a_plate_which_no_log_tells(stall: Stall) -> None:
    with pytest.raises(Conflict) as refused:
        make_pass(stall, vehicle_facts(plate=""))
    assert refused.value.field == "plate"
    made = make_pass(stall, vehicle_facts(plate="辽B·12345"))
    (entry,) = history_of(stall.event.id, f"access_pass:{made.id}")
    assert "12345" not in repr(entry)


def test_gate_lets_in_and_out_and_returns_the_first_of_two_taps(stall: Stall) -> None:
    made = make_pass(stall)

    def scan(way: Direction, seconds: int, actor: Actor = ORGANIZER) -> bool:
        at = NOW + timedelta(seconds=seconds)
        return operations.let_through(actor, stall.event, made.id, way, gate="东门", now=at).fresh

    assert scan(IN, 0)
    assert not scan(IN, 5)
    with pytest.raises(Conflict) as second_gate:
        scan(IN, 6, OTHER)
    assert second_gate.value.params == {"time": "10:20", "gate": "东门"}
    assert scan(OUT, 60)
    with pytest.raises(Conflict):
        scan(OUT, 120)
    assert scan(IN, 180)
    found = queries.get_pass(stall.event, made.id)
    assert (found.entries, found.inside) == (2, True)
    assert [one.direction for one in queries.list_scans(found)] == [IN, OUT, IN]
    assert verbs(stall, f"access_pass:{made.id}") == ["issue", "enter", "leave", "enter"]


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (datetime(2025, 9, 5, 23, 59, tzinfo=UTC), "This pass is not valid yet."),
        (NIGHT, "This pass is no longer valid."),
    ],
)
def test_gate_refuses_a_pass_outside_of_its_time(stall: Stall, at: datetime, message: str) -> None:
    made = make_pass(stall)
    with pytest.raises(Conflict) as refused:
        operations.let_through(ORGANIZER, stall.event, made.id, IN, gate="东门", now=at)
    assert refused.value.message == message


def test_withdrawn_pass_does_not_come_in_but_whoever_is_inside_gets_out(stall: Stall) -> None:
    made = make_pass(stall)
    operations.let_through(ORGANIZER, stall.event, made.id, IN, gate="东门", now=NOW)
    operations.revoke_pass(ORGANIZER, stall.event, made.id, reason="违规", now=NOW)
    operations.let_through(ORGANIZER, stall.event, made.id, OUT, gate="东门", now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.let_through(OTHER, stall.event, made.id, IN, gate="东门", now=NOW + timedelta(minutes=1))
    assert refused.value.message == "This pass was withdrawn."


def test_single_use_pass_comes_in_once(stall: Stall) -> None:
    made = make_pass(stall, vehicle_facts())
    for way in (IN, OUT):
        operations.let_through(ORGANIZER, stall.event, made.id, way, gate="东门", now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.let_through(ORGANIZER, stall.event, made.id, IN, gate="东门", now=NOW)
    assert refused.value.message.startswith("This pass was for one entry")


def test_certificate_counts_once_it_is_checked_and_a_change_undoes_that(stall: Stall) -> None:
    event = stall.event
    upload = read_bytes(pdf(), name="许可证.pdf", kind=FileKind.DOCUMENT)
    made = operations.add_certificate(ORGANIZER, event, "A-01", certificate_facts(), upload)
    assert made.document is not None
    assert open_file(made.document).startswith(b"%PDF")
    checked = operations.check_certificate(OTHER, event, made.id, version=made.version, now=NOW)
    again = operations.check_certificate(ORGANIZER, event, made.id, version=checked.version, now=NIGHT)
    assert (again.checked_by, again.checked_at) == (OTHER.ref, NOW)
    changed = certificate_facts(number="JY13702020009999")
    edited = operations.edit_certificate(ORGANIZER, event, made.id, changed, version=again.version)
    assert edited.checked_at is None
    assert "9999" not in repr(history_of(event.id, f"certificate:{made.id}")).replace("·99", "")
    with pytest.raises(StaleEdit):
        operations.check_certificate(OTHER, event, made.id, version=1, now=NOW)


def test_certificate_that_has_ended_is_not_in_order(stall: Stall) -> None:
    facts = certificate_facts(expires_on=date(2025, 9, 5))
    made = operations.add_certificate(ORGANIZER, stall.event, "A-01", facts)
    with pytest.raises(Conflict):
        operations.check_certificate(OTHER, stall.event, made.id, version=made.version, now=NOW)


def test_removed_certificate_takes_its_document_with_it(stall: Stall) -> None:
    upload = read_bytes(pdf(), name="a.pdf", kind=FileKind.DOCUMENT)
    made = operations.add_certificate(ORGANIZER, stall.event, "A-01", certificate_facts(), upload)
    file_id = made.document_id
    assert file_id is not None
    operations.remove_certificate(ORGANIZER, stall.event, made.id, version=made.version)
    assert find_file(stall.event, file_id) is None
    with pytest.raises(NotFound):
        queries.get_certificate(stall.event, made.id)


def test_certificates_that_a_food_booth_needs_are_asked_for(context: None) -> None:
    stall = make_stall(category="food", food_permit_required=True)
    make_ready(stall)
    assert missing(stall) == {Part.PERMIT}
    for kind in (CertificateKind.BUSINESS, CertificateKind.FOOD, CertificateKind.HEALTH):
        made = operations.add_certificate(ORGANIZER, stall.event, "A-01", certificate_facts(kind=kind.value))
        operations.check_certificate(OTHER, stall.event, made.id, version=made.version, now=NOW)
    assert missing(stall) == set()


def test_fault_is_assigned_fixed_looked_at_and_closed(stall: Stall) -> None:
    event, post = stall.event, make_post(stall.event)
    fault = operations.raise_fault(ORGANIZER, event, fault_facts(), now=NOW)
    with pytest.raises(Conflict):
        operations.close_fault(ORGANIZER, event, fault.id, version=fault.version, now=NOW)

    def assign(version: int) -> int:
        due = NOW + timedelta(hours=1)
        given = operations.assign_fault(
            ORGANIZER, event, fault.id, post=post, person="", due_at=due, version=version, now=NOW
        )
        return given.version

    version = assign(fault.version)
    version = operations.fix_fault(OTHER, event, fault.id, version=version, now=NOW).version
    version = assign(version)  # it was not fixed after all
    version = operations.fix_fault(OTHER, event, fault.id, version=version, now=NOW).version
    with pytest.raises(StaleEdit):
        operations.close_fault(OTHER, event, fault.id, version=1, now=NOW)
    closed = operations.close_fault(ORGANIZER, event, fault.id, version=version, now=NOW)
    assert (closed.state, closed.closed_at) == (FaultState.CLOSED, NOW)
    assert verbs(stall, f"fault:{fault.id}") == ["raise", "assign", "fix", "assign", "fix", "close"]
    assert queries.list_faults_of([stall.booth]) == []


def test_fault_that_is_due_in_the_past_is_not_assigned(stall: Stall) -> None:
    fault = operations.raise_fault(ORGANIZER, stall.event, fault_facts(booth=None, place="东门"), now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.assign_fault(
            ORGANIZER,
            stall.event,
            fault.id,
            post=make_post(stall.event),
            person="",
            due_at=NOW,
            version=fault.version,
            now=NOW,
        )
    assert refused.value.field == "due_at"


def test_milestone_is_done_by_who_was_first_and_can_be_taken_back(stall: Stall) -> None:
    made = make_milestone(stall.event)
    operations.finish_milestone(ORGANIZER, stall.event, made.ref, now=NOW)
    done = operations.finish_milestone(OTHER, stall.event, made.ref, now=NIGHT)
    assert (done.done_by, done.done_at) == (ORGANIZER.ref, NOW)
    assert operations.reopen_milestone(OTHER, stall.event, made.ref).done_at is None
    assert verbs(stall, f"milestone:{made.id}") == ["finish", "reopen"]


def test_permit_keeps_one_document(stall: Stall) -> None:
    permit = make_permit(stall.event)
    kept = []
    for pages in (1, 2):
        upload = read_bytes(pdf(pages=pages), name=f"{pages}.pdf", kind=FileKind.DOCUMENT)
        filed = operations.file_permit(ORGANIZER, stall.event, permit.ref, upload)
        kept.append(filed.document_id)
    assert find_file(stall.event, kept[0] or 0) is None
    assert find_file(stall.event, kept[1] or 0) is not None


def test_nothing_of_another_event_is_found(stall: Stall) -> None:
    there = make_stall(slug="fair-b")
    made, slot = make_pass(there), operations.create_slot(ORGANIZER, there.event, slot_facts())
    fault = operations.raise_fault(ORGANIZER, there.event, fault_facts(), now=NOW)
    paper = operations.add_certificate(ORGANIZER, there.event, "A-01", certificate_facts())
    for look in (
        lambda: queries.get_pass(stall.event, made.id),
        lambda: queries.get_slot(stall.event, slot.id),
        lambda: queries.get_fault(stall.event, fault.id),
        lambda: queries.get_certificate(stall.event, paper.id),
    ):
        with pytest.raises(NotFound):
            look()
    assert queries.list_passes(stall.event) == []


def test_readiness_of_many_costs_the_queries_of_one(app: Flask, context: None) -> None:
    stall = make_stall()
    make_ready(stall)
    with count_queries(app) as few:
        queries.readiness_of(stall.event)
    for number in (2, 3, 4):
        booth = make_booth(zone=stall.fair.zone, code=f"A-0{number}", map_x=30 + 120 * number)
        operations.issue_pass(ORGANIZER, stall.event, booth.code, access_facts(), now=NOW)
        operations.add_certificate(ORGANIZER, stall.event, booth.code, certificate_facts())
    with count_queries(app) as many:
        queries.readiness_of(stall.event)
    assert len(many) == len(few)


def test_a_delegation_has_as_many_passes_as_heads_and_four_vehicles(stall: Stall) -> None:
    with atomic():
        get_delegation(stall.event, "dl-dalian").headcount = 2
    for kind, most in ((access_facts(), 2), (vehicle_facts(), VEHICLES_OF_ALL)):
        for _ in range(most):
            operations.issue_delegation_pass(ORGANIZER, stall.event, "dl-dalian", kind, now=NOW)
        with pytest.raises(Conflict, match="that the delegation may have"):
            operations.issue_delegation_pass(ORGANIZER, stall.event, "dl-dalian", kind, now=NOW)


def test_a_pass_ends_with_the_fair(stall: Stall) -> None:
    late = access_facts(valid_until=NIGHT + timedelta(days=9))
    with pytest.raises(Conflict, match="ends with the fair") as refusal:
        operations.issue_pass(ORGANIZER, stall.event, "A-01", late, now=NOW)
    assert refusal.value.field == "valid_until"


def test_passes_stay_with_the_booth_that_an_exhibitor_leaves_and_are_void(stall: Stall) -> None:
    make_booth(zone=stall.fair.zone, code="A-02", map_x=180)
    row = make_application(stall.event, zone=stall.fair.zone, status=Status.APPROVED, places=2)
    assign_booth(ORGANIZER, stall.event, row.ref, ["A-01", "A-02"], how=How.HAND)
    old = make_pass(stall)
    kept = operations.issue_pass(ORGANIZER, stall.event, "A-02", access_facts(), now=NOW)
    assert {one.application_id for one in (old, kept)} == {row.id}

    assign_booth(ORGANIZER, stall.event, row.ref, ["A-02"], how=How.HAND)
    assert (old.revoked_at is None, kept.revoked_at is None) == (False, True)
    release_booth(ORGANIZER, stall.event, row.ref)
    assert kept.revoked_at is not None
    assert queries.list_passes_of(row) == []


def test_what_an_exhibitor_declared_counts_where_it_is_more_than_the_place_says(stall: Stall) -> None:
    make_booth(zone=stall.fair.zone, code="A-02", power_kw=0.0)
    row = make_application(stall.event, zone=stall.fair.zone, status=Status.APPROVED, power_kw=4.0, places=2)
    assign_booth(ORGANIZER, stall.event, row.ref, ["A-01", "A-02"], how=How.HAND)

    first, second = queries.readiness_of(stall.event)
    assert (first.power_kw, second.power_kw) == (2.5, 2.0)
    assert second.evidence.draws_power
    assert queries.loads_of(stall.event).zones["A"].kw == 4.5


def test_uploaded_papers_are_taken_over_once_and_have_still_to_be_checked(stall: Stall) -> None:
    row = make_application(stall.event, zone=stall.fair.zone, status=Status.APPROVED)
    assign_booth(ORGANIZER, stall.event, row.ref, ["A-01"], how=How.HAND)
    papers = (
        (PaperSlot.FOOD, "许可证.pdf", date(2026, 6, 30)),
        (PaperSlot.INSURANCE, "保单.pdf", None),
        (PaperSlot.PRODUCT, "照片.pdf", None),
    )
    for pages, (slot, name, until) in enumerate(papers, 1):
        upload = read_bytes(pdf(pages=pages), name=name, kind=FileKind.DOCUMENT)
        stored = keep_file(ORGANIZER, stall.event, upload)
        with atomic() as session:
            session.add(
                ApplicationFile(
                    event_id=stall.event.id,
                    application_id=row.id,
                    file_id=stored.id,
                    slot=slot,
                    until=until,
                    at=NOW,
                )
            )

    assert operations.take_over_papers(ORGANIZER, stall.event, "A-01") == 2
    assert operations.take_over_papers(ORGANIZER, stall.event, "A-01") == 0

    food, policy = queries.list_certificates(stall.event, booth=stall.booth)
    assert (food.kind, food.expires_on, food.checked_at) == (CertificateKind.FOOD, date(2026, 6, 30), None)
    assert policy.document is not None
    assert (policy.kind, policy.document.name) == (CertificateKind.INSURANCE, "保单.pdf")
    assert {food.document_id, policy.document_id} & {one.file_id for one in row.files} == set()
    operations.remove_certificate(ORGANIZER, stall.event, food.id, version=food.version)
    assert [one.slot for one in queries.list_offered(stall.booth)] == [PaperSlot.FOOD]

    typed = operations.add_certificate(ORGANIZER, stall.event, "A-01", certificate_facts())
    operations.check_certificate(ORGANIZER, stall.event, typed.id, version=typed.version, now=NOW)
    release_booth(ORGANIZER, stall.event, row.ref)
    (left,) = queries.list_certificates(stall.event, booth=stall.booth)
    assert (left.id, left.checked_at) == (typed.id, None)
    assert verbs(stall, f"certificate:{typed.id}") == ["create", "check", "set aside"]
    assert all(open_file(file.stored) for file in row.files)  # the application keeps what it sent


def test_passes_of_an_exhibitor_that_does_not_come_open_no_gate_any_more(stall: Stall) -> None:
    before = make_pass(stall, access_facts(label="上一家"))  # issued before the booth was given
    row = make_application(stall.event, zone=stall.fair.zone, status=Status.APPROVED)
    assign_booth(ORGANIZER, stall.event, row.ref, ["A-01"], how=How.HAND)
    own = make_pass(stall)
    reject_application(ORGANIZER, stall.event, row.ref, reason="证照不全", version=row.version, now=NOW)

    left = {one.id: one.revoked_at for one in queries.list_passes(stall.event)}
    assert left == {before.id: None, own.id: NOW}
    with pytest.raises(Conflict, match="withdrawn"):
        operations.let_through(ORGANIZER, stall.event, own.id, Direction.IN, gate="东门", now=NOW)
