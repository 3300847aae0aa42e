"""How far the demo fair's booths are on its first morning: invented passes, ticks, certificates, faults."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from eventsite.accounts.core import Actor
from eventsite.cli.pictures import paper_cut
from eventsite.events.models import Event
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_bytes
from eventsite.giveaways.queries import list_giveaways
from eventsite.helpdesk.queries import list_posts
from eventsite.market.core import CircuitFacts
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth
from eventsite.market.operations import connect_booths, create_circuit, say_live
from eventsite.market.queries import list_booths, list_circuits
from eventsite.readiness import operations
from eventsite.readiness.core import AccessFacts, CertificateFacts, FaultFacts, SlotFacts, needed_papers
from eventsite.readiness.enums import CheckKind, Direction, Moment
from eventsite.readiness.queries import list_milestones, list_permits, list_slots, readiness_of

CIRCUITS: dict[str, tuple[float, tuple[str, ...]]] = {
    "A-Q1": (10.0, ("A-01", "A-02", "A-03", "A-04", "A-05")),
    "B-Q1": (12.0, ("B-01", "B-02", "B-03", "B-04")),
    "B-Q2": (8.0, ("B-05", "B-06", "B-07", "B-08")),
    "C-Q1": (10.0, ("C-01", "C-02", "C-03", "C-04", "C-05", "C-06", "C-07", "C-08")),
    "D-Q1": (20.0, ("D-01", "D-02", "D-03")),
    "D-Q2": (20.0, ("D-04", "D-05", "D-06")),
    "E-Q1": (6.0, ("E-01", "E-02", "E-03", "E-04")),
    "F-Q1": (6.0, ("F-01", "F-02", "F-03", "F-04", "F-05")),
}
CONCERNS = {"pm-4": "food", "pm-6": "none", "pm-7": "none", "pm-9": "float"}
LATE = {"B-05", "C-05", "D-04", "F-02"}  # whose people have not come
NO_SIGN = {"B-07", "F-02"}
NOT_INSPECTED = {"B-08", "D-06"}
NOT_COUNTED = {"B-06"}
UNCHECKED, ENDED = {"B-04"}, {"B-07"}
PHOTOGRAPHED = {"A-03": ((229, 214, 196), (140, 60, 50)), "C-08": ((205, 222, 232), (48, 92, 128))}
OPENED_EARLY = ("B-02", "演示：线路增容已当场完成，容量记录上午补录")
STATES = {
    LiveState.BUSY: ("C-01", "E-01", "F-01"),
    LiveState.SOLD_OUT: ("B-06",),
    LiveState.CLOSED: ("F-04",),
}
"""What leads say of some booths that are open by then."""
FAULTS = (
    ("B", "B-03", "", "展位灯箱不亮（演示）", "open"),
    ("C", "C-05", "", "展台桌面松动（演示）", "assigned"),
    ("A", None, "主舞台东侧通道", "地面线缆未压盖（演示）", "fixed"),
    ("D", "D-02", "", "花车灭火器压力不足（演示）", "closed"),
)
TEAM = "logistics"


def prepare_booths(actor: Actor, event: Event) -> bool:
    """Bring the booths as far as a fair is on its first morning, once; tell whether anything was done."""
    booths = list_booths(event)
    if not event.days or not booths or list_slots(event):
        return False
    first = event.days[0].date
    _follow_permits(actor, event, first)
    _mark_milestones(actor, event, first)
    if not list_circuits(event):
        _lay_circuits(actor, event, booths)
    _give_slots(actor, event, booths, first)
    gifts = {gift.booth_id for gift in list_giveaways(event)}
    for booth in booths:
        _prepare(actor, event, booth, first)
        if booth.id in gifts and booth.code not in NOT_COUNTED:
            operations.tick(actor, event, booth.code, CheckKind.GIFTS, counted=200, now=_at(event, first, 8))
    _report_faults(actor, event, first)
    _open_what_is_ready(actor, event, first)
    _say_how_they_do(actor, event, first)
    return True


def _at(event: Event, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), event.zone)


def _follow_permits(actor: Actor, event: Event, first: date) -> None:
    for permit in list_permits(event):
        facts = permit.facts
        if facts.status == "approved":
            latest = permit.latest_from(first)
            facts = replace(
                facts,
                applied_on=latest - timedelta(days=4),
                decided_on=latest,
                number=f"演示-{permit.ref}",
            )
        facts = replace(facts, concerns=CONCERNS.get(permit.ref, facts.concerns))
        operations.edit_permit(actor, event, permit.ref, facts, version=permit.version, today=first)


def _mark_milestones(actor: Actor, event: Event, first: date) -> None:
    for milestone in list_milestones(event):
        if milestone.offset_days < -1:
            done = _at(event, milestone.date_from(first), 17)
            operations.finish_milestone(actor, event, milestone.ref, now=done)


def _lay_circuits(actor: Actor, event: Event, booths: Sequence[Booth]) -> None:
    there = {booth.code: booth.zone.code for booth in booths}
    for code, (limit, wanted) in CIRCUITS.items():
        hung = [booth for booth in wanted if booth in there]
        if hung:
            create_circuit(actor, event, CircuitFacts(code=code, zone=there[hung[0]], limit_kw=limit))
            connect_booths(actor, event, code, hung)


def _give_slots(actor: Actor, event: Event, booths: Sequence[Booth], first: date) -> None:
    eve, last = first - timedelta(days=1), event.days[-1].date
    for zone in dict.fromkeys(booth.zone.code for booth in booths):
        own = [booth.code for booth in booths if booth.zone.code == zone]
        windows = (
            ("setup", _at(event, eve, 14), 2, own[: len(own) // 2]),
            ("setup", _at(event, eve, 16), 2, own[len(own) // 2 :]),
            ("teardown", _at(event, last, 21), 2, own),
        )
        for kind, start, hours, codes in windows:
            facts = SlotFacts(
                zone=zone,
                kind=kind,
                starts_at=start,
                ends_at=start + timedelta(hours=hours),
                capacity=max(len(codes), 1),
            )
            slot = operations.create_slot(actor, event, facts)
            for code in codes:
                operations.book_slot(actor, event, code, slot.id, now=_at(event, eve, 9))


def _prepare(actor: Actor, event: Event, booth: Booth, first: date) -> None:
    _give_passes(actor, event, booth, first)
    _file_certificates(actor, event, booth, first)
    early = _at(event, first, 8)
    ticks = {
        CheckKind.POWER: NOT_INSPECTED,
        CheckKind.PEOPLE: LATE,
        CheckKind.SIGN: NO_SIGN,
    }
    for kind, left_out in ticks.items():
        if booth.code not in left_out:
            operations.tick(actor, event, booth.code, kind, now=early)
    if booth.code in PHOTOGRAPHED:
        picture = paper_cut(*PHOTOGRAPHED[booth.code], water=False)
        upload = read_bytes(picture, name="演示.png", kind=FileKind.PHOTO)
        operations.take_photo(actor, event, booth.code, Moment.SETUP, upload, now=early - timedelta(hours=12))


def _give_passes(actor: Actor, event: Event, booth: Booth, first: date) -> None:
    start, end = _at(event, first - timedelta(days=2), 6), _at(event, event.days[-1].date, 23, 59)
    staff = AccessFacts(
        kind="staff", label="演示 展位值守", plate="", valid_from=start, valid_until=end, single_use=False
    )
    plate = f"辽{booth.zone.code}·演{booth.id % 1000:03}"
    vehicle = replace(staff, kind="vehicle", label="演示 布展货车", plate=plate, single_use=True)
    issued = _at(event, first - timedelta(days=3), 10)
    for facts, number in ((staff, min(booth.staff_passes, 2)), (vehicle, min(booth.vehicle_passes, 1))):
        for _number in range(number):
            made = operations.issue_pass(actor, event, booth.code, facts, now=issued)
            if facts is staff and booth.code not in LATE:
                operations.let_through(
                    actor, event, made.id, Direction.IN, gate="东门", now=_at(event, first, 7, 30)
                )


def _file_certificates(actor: Actor, event: Event, booth: Booth, first: date) -> None:
    needed = needed_papers(
        booth.category,
        food_permit=booth.food_permit_required,
        open_flame=booth.open_flame,
        is_float=booth.kind == "float",
    )
    for place, kind in enumerate(needed):
        ends = first - timedelta(days=5) if booth.code in ENDED and not place else date(first.year + 1, 6, 30)
        facts = CertificateFacts(
            kind=kind.value, number=f"演示{booth.id:03}{place}{first.year}", expires_on=ends
        )
        filed = operations.add_certificate(actor, event, booth.code, facts)
        if booth.code not in UNCHECKED or place:
            checked = _at(event, first - timedelta(days=10), 11)
            operations.check_certificate(actor, event, filed.id, version=filed.version, now=checked)


def _report_faults(actor: Actor, event: Event, first: date) -> None:
    known = {booth.code for booth in list_booths(event)}
    zones = {booth.zone.code for booth in list_booths(event)}
    posts = list_posts(event)
    post = next((one for one in posts if one.team == TEAM), next(iter(posts), None))
    seen = _at(event, first, 9, 50)
    for zone, booth, place, words, state in FAULTS:
        if zone not in zones or (booth and booth not in known) or post is None:
            continue
        facts = FaultFacts(zone=zone, booth=booth, place=place, words_zh=words)
        fault = operations.raise_fault(actor, event, facts, now=seen)
        if state == "open":
            continue
        fault = operations.assign_fault(
            actor,
            event,
            fault.id,
            post=post,
            person="值班电工（演示）",
            due_at=seen + timedelta(hours=1),
            version=fault.version,
            now=seen,
        )
        if state == "assigned":
            continue
        fault = operations.fix_fault(actor, event, fault.id, version=fault.version, now=seen)
        if state == "closed":
            operations.close_fault(actor, event, fault.id, version=fault.version, now=seen)


def _open_what_is_ready(actor: Actor, event: Event, first: date) -> None:
    opening = _at(event, first, 9)
    for state in readiness_of(event):
        if state.is_ready:
            operations.open_booth(actor, event, state.booth.code, now=opening)
        elif state.booth.code == OPENED_EARLY[0]:
            operations.open_unready_booth(actor, event, state.booth.code, reason=OPENED_EARLY[1], now=opening)


def _say_how_they_do(actor: Actor, event: Event, first: date) -> None:
    opened = {state.booth.code for state in readiness_of(event) if state.clearance}
    for state, codes in STATES.items():
        for code in (code for code in codes if code in opened):
            say_live(actor, event, code, state, now=_at(event, first, 10))
