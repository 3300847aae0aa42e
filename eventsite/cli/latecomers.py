"""Places that a demo fair still gives: empty booths, a time for setting them up, and who applies for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from eventsite.accounts.core import Actor
from eventsite.applications.core.facts import Appliance, ApplicationFacts, Product
from eventsite.applications.enums import How, Matter, Slot, Status, Verdict
from eventsite.applications.models import Call
from eventsite.applications.operations import (
    Finding,
    Sheet,
    approve_application,
    assign_booth,
    confirm_application,
    judge_matter,
    return_application,
    save_application,
    submit_application,
    waitlist_application,
)
from eventsite.applications.queries import find_call, get_application
from eventsite.applications.queries.sheets import opinions_of
from eventsite.cli.exhibitors import LATE_CALL
from eventsite.cli.pictures import paper
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_bytes
from eventsite.kernel.tokens import new_body
from eventsite.market.core import BoothFacts
from eventsite.market.operations import create_booth, edit_booth
from eventsite.market.queries import find_booth
from eventsite.readiness.core import SlotFacts
from eventsite.readiness.operations import create_slot
from eventsite.sealing.core import Sealer

HALVED = {"A-04": "A-06", "A-05": "A-07", "B-05": "B-09", "B-06": "B-10", "C-07": "C-09", "C-08": "C-10"}
"""Booths that are deeper than they need, and the booth that finds room behind each."""
DEPTH, GAP = 69.0, 5.0  # in units of the plan
ZONES = ("A", "B", "C")
EMPTY_ZH, EMPTY_EN = "补位展位（演示）", "Late place (demo)"


@dataclass(frozen=True, kw_only=True)
class Latecomer:
    """A unit that applies for the sake of the demonstration, and how far it gets."""

    zh: str
    en: str
    category: str
    zone: str
    product: str
    fen: int
    appliance: str
    kw: float
    status: Status = Status.SUBMITTED
    wishes: tuple[str, ...] = ()
    points: tuple[tuple[Matter, str], ...] = ()
    booth: str = ""


LATECOMERS = (
    Latecomer(
        zh="辽绣工坊（演示）",
        en="Liao Embroidery Workshop (demo)",
        category="folk",
        zone="A",
        product="绣片书签",
        fen=1800,
        appliance="小型电熨斗",
        kw=0.8,
    ),
    Latecomer(
        zh="柳编合作社（演示）",
        en="Wickerwork Cooperative (demo)",
        category="folk",
        zone="A",
        product="柳编提篮",
        fen=6800,
        appliance="展示射灯",
        kw=0.2,
        points=((Matter.INSURANCE, "请写明保险的起止日期（演示）"),),
    ),
    Latecomer(
        zh="海城馅饼铺（演示）",
        en="Haicheng Pie Shop (demo)",
        category="food",
        zone="B",
        product="馅饼",
        fen=600,
        appliance="电饼铛",
        kw=1.2,
        status=Status.RETURNED,
        points=(
            (Matter.FOOD, "健康证明少一人，请补齐（演示）"),
            (Matter.POWER, "电饼铛请写铭牌功率（演示）"),
        ),
    ),
    Latecomer(
        zh="苏子叶饼铺（演示）",
        en="Perilla Cake Shop (demo)",
        category="food",
        zone="B",
        product="苏子叶饼",
        fen=500,
        appliance="蒸箱",
        kw=1.0,
        status=Status.APPROVED,
        wishes=("B-10", "B-09"),
    ),
    Latecomer(
        zh="满绣传习所（演示）",
        en="Manchu Embroidery School (demo)",
        category="heritage",
        zone="C",
        product="满绣香囊",
        fen=3800,
        appliance="展示射灯",
        kw=0.2,
        status=Status.APPROVED,
        wishes=("C-10",),
    ),
    Latecomer(
        zh="麦秆画工作室（演示）",
        en="Straw Picture Studio (demo)",
        category="heritage",
        zone="C",
        product="麦秆画书签",
        fen=1200,
        appliance="小型电熨斗",
        kw=0.6,
        status=Status.APPROVED,
        wishes=("C-10", "C-09"),
    ),
    Latecomer(
        zh="草编坊（演示）",
        en="Grass-weaving Workshop (demo)",
        category="folk",
        zone="A",
        product="草编蚂蚱",
        fen=500,
        appliance="展示射灯",
        kw=0.2,
        status=Status.CONFIRMED,
        wishes=("A-06",),
        booth="A-06",
    ),
    Latecomer(
        zh="冻梨铺子（演示）",
        en="Frozen Pear Stall (demo)",
        category="food",
        zone="B",
        product="冻梨",
        fen=800,
        appliance="冷冻柜",
        kw=0.4,
        status=Status.WAITLISTED,
    ),
)
READ = (Status.RETURNED, Status.APPROVED, Status.CONFIRMED)


def welcome_latecomers(actor: Actor, event: Event, *, sealer: Sealer, now: datetime) -> bool:
    """Add the empty booths and the applications for them, once; tell whether anything was done."""
    call = find_call(event, LATE_CALL)
    if call is None or not call.is_open(now) or not _is_room(event):
        return False
    papers: dict[Slot, tuple[Upload]] = {slot: (_paper(slot),) for slot in Slot if slot is not Slot.PRODUCT}
    with atomic():
        _add_booths(actor, event)
        _add_slots(actor, event, now)
        for one in LATECOMERS:
            _apply(actor, event, call, one, papers, sealer=sealer, now=now)
    return True


def _is_room(event: Event) -> bool:
    there = all(find_booth(event, code) for code in HALVED)
    return there and not any(find_booth(event, code) for code in HALVED.values())


def _add_booths(actor: Actor, event: Event) -> None:
    for code, fresh in HALVED.items():
        booth = find_booth(event, code)
        if booth is not None:
            edit_booth(actor, event, code, replace(booth.facts, map_h=DEPTH), version=booth.version)
            create_booth(actor, event, _empty(booth.facts, fresh))


def _empty(neighbour: BoothFacts, code: str) -> BoothFacts:
    """Return an empty booth behind one that was halved, on the same circuit."""
    return replace(
        neighbour,
        code=code,
        delegation=None,
        name_zh=EMPTY_ZH,
        name_en=EMPTY_EN,
        power_kw=0.0,
        appliances_zh=(),
        needs_water=False,
        open_flame=False,
        staff_passes=2,
        vehicle_passes=1,
        status="planned",
        map_y=neighbour.map_y + DEPTH + GAP,
        map_h=DEPTH,
        note_zh=None,
    )


def _add_slots(actor: Actor, event: Event, now: datetime) -> None:
    today = now.astimezone(event.zone).date()
    start = datetime.combine(today, time(12), event.zone)
    for zone in ZONES:
        facts = SlotFacts(
            zone=zone, kind="setup", starts_at=start, ends_at=start + timedelta(hours=2), capacity=4
        )
        create_slot(actor, event, facts)


def _paper(slot: Slot) -> Upload:
    return read_bytes(
        paper(f"DEMO - {slot.value} - not a real document"), name="演示.pdf", kind=FileKind.DOCUMENT
    )


def _apply(
    actor: Actor,
    event: Event,
    call: Call,
    one: Latecomer,
    papers: dict[Slot, tuple[Upload]],
    *,
    sealer: Sealer,
    now: datetime,
) -> None:
    body, terms = new_body(16), call.category(one.category)
    if terms is None:
        return
    sheet = Sheet(
        call=call.code,
        category=one.category,
        facts=_facts(call, one),
        uploads={slot: papers[slot] for slot in terms.slots},
    )
    save_application(actor, event, body, sheet, sealer=sealer, now=now)
    ref = submit_application(actor, event, body, sealer=sealer, now=now).ref
    if one.status in READ or one.points:
        _read(actor, event, ref, one.points, now)
    row = get_application(event, ref)
    if one.status is Status.RETURNED:
        until = now + timedelta(days=call.return_days)
        return_application(actor, event, ref, one.points, until=until, version=row.version, now=now)
    elif one.status is Status.WAITLISTED:
        waitlist_application(actor, event, ref, version=row.version, now=now)
    elif one.status in READ:
        approve_application(actor, event, ref, version=row.version, now=now)
        if one.booth:
            assign_booth(actor, event, ref, [one.booth], how=How.HAND)
        if one.status is Status.CONFIRMED:
            confirm_application(actor, event, body)


def _read(actor: Actor, event: Event, ref: str, points: Sequence[tuple[Matter, str]], now: datetime) -> None:
    told = dict(points)
    for opinion in opinions_of(get_application(event, ref)):
        point = told.get(opinion.matter, "")
        finding = Finding(
            matter=opinion.matter, verdict=Verdict.PROBLEM if point else Verdict.OK, point=point
        )
        judge_matter(actor, event, ref, finding, now=now)


def _facts(call: Call, one: Latecomer) -> ApplicationFacts:
    asked = next((question for question in call.questions if question.required), None)
    return ApplicationFacts(
        unit_zh=one.zh,
        unit_en=one.en,
        credit_code="",
        contact_post_zh="参展联系人（岗位）",
        phone="+8613800000000",
        email="",
        delegation=None,
        zone=one.zone,
        trade="",
        wishes=one.wishes,
        near="",
        places=1,
        partner="",
        products=(Product(name=one.product, price_fen=one.fen),),
        appliances=(Appliance(name=one.appliance, kw=one.kw, number=1),),
        needs_water=False,
        open_flame=False,
        food_required=one.category == "food",
        street_occupation=False,
        vehicle_passes=1,
        staff_passes=2,
        insured=True,
        answers={f"q{asked.id}": asked.options_zh[0]} if asked else {},
        commitment_signed=True,
        consented=True,
    )
