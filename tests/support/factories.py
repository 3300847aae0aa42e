"""Rows with full defaults: each function adds one inside `atomic()` and returns it.

Give only what the test is about; whatever a row stands on is made when it is not given.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from eventsite.accounts.core import system
from eventsite.agreements.models import Agreement, Commitment, Deal, FollowUp, Party
from eventsite.applications.enums import Status
from eventsite.applications.models import Application
from eventsite.checkin.models import Checkpoint, StampRally
from eventsite.database import Model, atomic, db
from eventsite.draws.models import Draw, Prize, Raffle
from eventsite.eventfile.mapping.schema import DEMO_FILE
from eventsite.eventfile.operations import load_event
from eventsite.eventfile.queries import read_event_file
from eventsite.events.enums import EventStatus
from eventsite.events.models import (
    Delegation,
    Event,
    EventDay,
    Facility,
    Membership,
    Organization,
    Stage,
    Venue,
    Zone,
)
from eventsite.giveaways.models import Giveaway, GiveawaySlot, Reward
from eventsite.helpdesk.models import Announcement, Faq, Observation, Post, Ticket
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.market.models import Booth, Clearance, Float
from eventsite.programme.models import ProgrammeItem, Troupe
from eventsite.readiness.models import Milestone, Permit
from eventsite.workshops.models import Workshop
from tests.support.eventfiles import SECOND_FAIR

Row = TypeVar("Row", bound=Model)
Fields = dict[str, Any]

DAY = date(2025, 9, 6)
NOW = datetime(2025, 9, 6, 2, 20, tzinfo=UTC)  # 10:20 in Jinan
_numbers = count(1)


def load_jinan() -> Event:
    """Load the demo event from its file, published."""
    return load_file(DEMO_FILE)


def load_second_fair() -> Event:
    """Load the other fair from its file, published."""
    return load_file(SECOND_FAIR)


def load_file(path: Path) -> Event:
    """Load an event from a file, published."""
    return load_event(system("test"), read_event_file(path.read_bytes()), publish=True, now=NOW).event


def _add(row: Row) -> Row:
    with atomic() as session:
        session.add(row)
    return row


def _record(
    prefix: str, event: Event | None, defaults: dict[str, Any], given: dict[str, Any]
) -> dict[str, Any]:
    """Return the columns of a record of an event file: defaults, then what the test gave."""
    number = next(_numbers)
    common = {"ref": f"{prefix}-{number}", "position": number, "source": "demo"}
    return {"event_id": (event or make_event()).id, **common, **defaults, **given}


def make_event(*, days: int = 1, **given: Any) -> Event:
    """Make a published event in Jinan that is open 09:00 to 20:30 on each of `days` days from 2025-09-06."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"fair-{number}",
        "status": EventStatus.PUBLISHED,
        "dataset": {
            "id": f"fair-{number}",
            "title_zh": "演示数据",
            "title_en": "Demo data",
            "languages": ["zh", "en"],
            "legend": dict.fromkeys(("article", "demo", "demo_fields", "english", "privacy"), ""),
            "basis_zh": "",
            "basis_en": "",
        },
        "timezone": "Asia/Shanghai",
        "year": 2025,
        "name_zh": f"辽宁文旅推介活动{number}",
        "name_en": f"Liaoning promotion {number}",
        "campaign_zh": "秋季宣传推广活动",
        "campaign_en": "Autumn campaign",
        "headline_zh": "山海同行",
        "headline_en": "Travelling together",
        "slogan_zh": "踏秋赏枫",
        "slogan_en": "Autumn outings",
        "market_name_zh": "辽宁文旅市集",
        "market_name_en": "Liaoning market",
        "host_city_zh": "济南",
        "host_city_en": "Jinan",
        "host_city_nickname_zh": "泉城",
        "host_city_nickname_en": "City of Springs",
        "location_zh": "大明湖畔",
        "location_en": "by Daming Lake",
        "from_province_zh": "辽宁",
        "from_province_en": "Liaoning",
        "to_province_zh": "山东",
        "to_province_en": "Shandong",
        "article_date_zh": None,
        "summary_zh": "六大区域的开放式市集。",
        "summary_en": "An open market.",
        "admission_zh": "免费开放",
        "admission_en": "Free entry",
        "expected_visitors": 8000,
        "max_instant_visitors": 3000,
        "theme_colors": [{"token": "primary", "hex": "#C8102E", "name_zh": "红"}],
        "modules": dict.fromkeys(
            ("stamp_rally", "raffle", "giveaways", "workshops", "tickets", "deals"), True
        ),
        "created_at": NOW,
    }
    event = _add(Event(**{**defaults, **given}))
    for offset in range(days):
        make_day(event, date=DAY + timedelta(days=offset))
    return event


def make_day(event: Event, **given: Any) -> EventDay:
    """Make a day of the event, 09:00 to 20:30."""
    defaults = {
        "event_id": event.id,
        "date": DAY,
        "opens": time(9),
        "closes": time(20, 30),
        "label_zh": "活动日",
        "label_en": "Fair day",
        "source": "demo",
    }
    return _add(EventDay(**{**defaults, **given}))


def make_membership(account_id: int, event: Event | None, role: str, scope: str = "") -> Membership:
    """Give an account a role in an event (`None`: on the site)."""
    event_id = event.id if event else None
    return _add(Membership(account_id=account_id, event_id=event_id, role=role, scope=scope, granted_at=NOW))


def make_organization(event: Event | None = None, **given: Any) -> Organization:
    """Make an organization."""
    defaults = {
        "name_zh": "辽宁省文化和旅游厅",
        "name_en": "Department of Culture and Tourism of Liaoning Province",
        "short_zh": "辽宁省文旅厅",
        "roles": ["organizer", "signing_party"],
    }
    return _add(Organization(**_record("org", event, defaults, given)))


def make_venue(event: Event | None = None, **given: Any) -> Venue:
    """Make the venue with a plan of 1200 × 840."""
    defaults = {
        "name_zh": "大明湖畔",
        "name_en": "Daming Lake shore",
        "city_zh": "济南",
        "city_en": "Jinan",
        "map_w": 1200,
        "map_h": 840,
    }
    return _add(Venue(**_record("venue", event, defaults, given)))


def make_facility(event: Event | None = None, **given: Any) -> Facility:
    """Make a gate on the plan."""
    defaults = {"kind": "gate", "name_zh": "1号入口", "name_en": "Gate 1", "x": 40, "y": 800}
    return _add(Facility(**_record("fac", event, defaults, given)))


def make_zone(event: Event | None = None, **given: Any) -> Zone:
    """Make a zone with a code of its own."""
    number = next(_numbers)
    defaults = {
        "code": f"Z{number}",
        "order": number,
        "name_zh": f"玩得乐呵{number}",
        "name_en": f"Merry Play {number}",
        "literal_gloss": "play until you are merry",
        "suffix_zh": "区",
        "kind": "performance",
        "description_zh": "民俗演出接连登台",
        "description_en": "Folk performances one after another",
        "highlights_zh": ["民俗演出"],
        "color": "#C8102E",
        "capacity": 900,
        "crowd_levels": {"notice": 0.6, "warning": 0.8, "limit": 0.95},
        "map_x": 20,
        "map_y": 20,
        "map_w": 380,
        "map_h": 360,
        "grid_code": f"G-{number}",
    }
    return _add(Zone(**_record("zone", event, defaults, given)))


def make_stage(event: Event | None = None, *, zone: Zone | None = None, **given: Any) -> Stage:
    """Make a stage, in a zone of its own unless one is given."""
    event = event or _event_of(zone)
    zone = zone or make_zone(event)
    defaults = {
        "code": f"S{next(_numbers)}",
        "name_zh": "主舞台",
        "name_en": "Main stage",
        "zone_id": zone.id,
        "audience_capacity": 700,
        "covered": False,
    }
    return _add(Stage(**_record("stage", event, defaults, given)))


def make_delegation(event: Event | None = None, **given: Any) -> Delegation:
    """Make the delegation of Dalian."""
    defaults = {
        "city_zh": "大连",
        "city_en": "Dalian",
        "province_zh": "辽宁",
        "name_zh": "大连市展团",
        "name_en": "Dalian delegation",
        "highlights_zh": ["海滨风光"],
        "highlights_en": ["Seaside"],
        "headcount": 28,
        "contact_post_zh": "领队（岗位）",
        "contact_post_en": "Team leader (post)",
        "article_role_zh": None,
    }
    return _add(Delegation(**_record("dl", event, defaults, given)))


def make_booth(event: Event | None = None, *, zone: Zone | None = None, **given: Any) -> Booth:
    """Make a confirmed booth, in a zone of its own unless one is given."""
    event = event or _event_of(zone)
    zone = zone or make_zone(event)
    number = next(_numbers)
    defaults = {
        "code": f"{zone.code}-{number}",
        "zone_id": zone.id,
        "delegation_id": None,
        "name_zh": f"特色鸡架{number}",
        "name_en": f"Chicken frames {number}",
        "category": "food",
        "kind": "booth",
        "size_m": "3x3",
        "power_kw": 2.5,
        "appliances_zh": ["保温柜"],
        "needs_water": True,
        "open_flame": False,
        "food_permit_required": True,
        "staff_passes": 4,
        "vehicle_passes": 1,
        "status": "confirmed",
        "map_x": 30,
        "map_y": 74,
        "map_w": 113,
        "map_h": 143,
        "note_zh": None,
    }
    return _add(Booth(**_record("bt", event, defaults, given)))


def make_clearance(booth: Booth) -> Clearance:
    """Note that a booth was ready and opened, so that it may be said to be open."""
    cleared = Clearance(
        booth_id=booth.id, event_id=booth.event_id, missing=[], at=NOW, by="1", by_label="org"
    )
    return _add(cleared)


def make_float(event: Event | None = None, **given: Any) -> Float:
    """Make a float with its booth and delegation."""
    event = event or make_event()
    defaults = {
        "booth_id": given.get("booth_id") or make_booth(event, kind="float").id,
        "delegation_id": given.get("delegation_id") or make_delegation(event).id,
        "name_zh": "大连号",
        "name_en": "Dalian Float",
        "theme_zh": "向海而行",
        "theme_en": "By the sea",
        "length_m": 6,
        "width_m": 2.4,
        "height_m": 3.6,
        "extinguishers": 4,
        "entry_time": time(6, 30),
    }
    return _add(Float(**_record("float", event, defaults, given)))


def make_application(event: Event | None = None, *, zone: Zone | None = None, **given: Any) -> Application:
    """Make an application that was submitted."""
    event = event or _event_of(zone)
    zone = zone or make_zone(event)
    defaults = {
        "unit_zh": "参展单位甲（演示）",
        "unit_en": "Exhibitor A (demo)",
        "zone_id": zone.id,
        "booth_id": None,
        "status": Status.SUBMITTED,
        "contact_post_zh": "参展联系人（岗位）",
        "category": "food",
        "products_zh": ["熏鸡"],
        "power_kw": 2.0,
        "appliances_zh": ["保温柜"],
        "needs_water": True,
        "food_required": True,
        "food_uploaded": True,
        "vehicle_passes": 1,
        "staff_passes": 4,
        "insured": True,
        "commitment_signed": True,
        "submitted_at": NOW - timedelta(days=50),
        "decision_note_zh": None,
    }
    return _add(Application(**_record("ap", event, defaults, given)))


def make_milestone(event: Event | None = None, **given: Any) -> Milestone:
    """Make a milestone 90 days before the fair."""
    defaults = {
        "offset_days": -90,
        "title_zh": "立项与总体方案",
        "title_en": "Project approval and master plan",
        "phase": "planning",
        "deliverable_zh": "活动方案",
        "owner_team": "command",
    }
    return _add(Milestone(**_record("ms", event, defaults, given)))


def make_permit(event: Event | None = None, **given: Any) -> Permit:
    """Make a permit that was granted."""
    defaults = {
        "name_zh": "大型群众性活动安全许可",
        "name_en": "Large public event safety permit",
        "authority_zh": "举办地公安机关",
        "lead_days": 20,
        "basis_zh": "活动日20日前申请",
        "status": "approved",
    }
    return _add(Permit(**_record("pm", event, defaults, given)))


def make_troupe(event: Event | None = None, **given: Any) -> Troupe:
    """Make a troupe without a delegation."""
    defaults = {
        "name_zh": "大连市表演队",
        "name_en": "Dalian performing team",
        "genre": "heritage_dance",
        "delegation_id": None,
        "members": 18,
        "heritage_level": None,
        "contact_post_zh": "领队（岗位）",
        "contact_post_en": "Team leader (post)",
        "note_zh": None,
    }
    return _add(Troupe(**_record("tp", event, defaults, given)))


def make_item(event: Event | None = None, *, stage: Stage | None = None, **given: Any) -> ProgrammeItem:
    """Make a programme item, 10:00 to 10:30 in Jinan, on a stage of its own unless one is given."""
    event = event or _event_of(stage)
    stage = stage or make_stage(event)
    number = next(_numbers)
    starts_at = given.get("starts_at", datetime(2025, 9, 6, 2, 0, tzinfo=UTC))
    defaults = {
        "order": number,
        "stage_id": stage.id,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=30),
        "title_zh": f"民俗演出{number}",
        "title_en": f"Folk show {number}",
        "kind": "performance",
        "troupe_id": None,
        "delegation_id": None,
        "workshop_ref": None,
        "call_minutes_before": 20,
        "wireless_mics": 2,
        "audio": "U盘WAV",
        "props_zh": "",
        "status": "scheduled",
        "note_zh": None,
    }
    return _add(ProgrammeItem(**_record("pg", event, defaults, given)))


def make_rally(event: Event | None = None, **given: Any) -> StampRally:
    """Make the stamp rally of the event: static codes, one stamp a checkpoint and day."""
    defaults = {
        "name_zh": "集章打卡",
        "name_en": "Stamp rally",
        "token_rule": "one_per_checkpoint_per_day",
        "code_mode": "static",
        "code_period_seconds": None,
        "min_seconds_between_stamps": 0,
        "rules_zh": ["每人每区每日限得1枚。"],
        "rules_en": ["One stamp per zone per person per day."],
    }
    return _add(
        StampRally(**_record("rally", event, _enums(StampRally, defaults), _enums(StampRally, given)))
    )


def make_checkpoint(event: Event | None = None, *, zone: Zone | None = None, **given: Any) -> Checkpoint:
    """Make a checkpoint with fresh codes, in a zone of its own unless one is given; the rally is not made."""
    event = event or _event_of(zone)
    zone = zone or make_zone(event)
    defaults = {
        "zone_id": zone.id,
        "name_zh": f"{zone.name_zh}打卡点",
        "name_en": f"{zone.name_en} checkpoint",
        "stamp_label_zh": zone.name_zh,
        "stamp_label_en": zone.name_en,
        "key": new_body(),
        "secret": new_body(32),
        "typed_code": typed_code(),
    }
    return _add(Checkpoint(**_record("cp", event, defaults, _enums(Checkpoint, given))))


def make_giveaway(event: Event | None = None, *, booth: Booth | None = None, **given: Any) -> Giveaway:
    """Make a giveaway whose whole stock is released at 10:30, at a booth of its own unless one is given."""
    event = event or _event_of(booth)
    booth = booth or make_booth(event)
    defaults = {
        "name_zh": "特色鸡架",
        "name_en": "Signature chicken frame",
        "zone_id": booth.zone_id,
        "booth_id": booth.id,
        "unit_zh": "份",
        "stock_total": 600,
        "limit_per_visitor": 1,
        "limit_scope": "per_day",
        "low_stock_at": 30,
        "eligibility": "open",
        "stamps_required": 0,
        "allergen_note_zh": None,
    }
    giveaway = Giveaway(**_record("gv", event, _enums(Giveaway, defaults), _enums(Giveaway, given)))
    slot = GiveawaySlot(
        event_id=event.id,
        releases_at=datetime(2025, 9, 6, 2, 30, tzinfo=UTC),
        quantity=giveaway.stock_total,
    )
    giveaway.slots.append(slot)
    return _add(giveaway)


def make_reward(rally: StampRally, giveaway: Giveaway, **given: Any) -> Reward:
    """Make a reward for three stamps."""
    defaults = {"rally_id": rally.id, "giveaway_id": giveaway.id, "stamps_required": 3}
    return _add(Reward(**_record("rw", _owner(rally.event_id), defaults, given)))


def make_raffle(event: Event | None = None, **given: Any) -> Raffle:
    """Make a raffle that gives one entry for four stamps, without prizes or draws."""
    defaults = {
        "name_zh": "惊喜抽奖",
        "name_en": "Surprise raffle",
        "mode": "stage_draw",
        "entry_zh": "集满4枚印章自动获得1个抽奖号",
        "entry_en": "Four stamps give one entry",
        "max_entries_per_visitor": 1,
        "claim_deadline": "20:20",
        "claim_place_zh": "抽奖与兑奖台（F-04）",
        "forfeit_zh": "逾期未领取视为放弃",
        "draw_method_zh": "大屏公开抽取",
        "draw_record_keep_years": 2,
        "organizer_contact_zh": "综合服务台",
        "stamps_required": 4,
    }
    return _add(Raffle(**_record("raffle", event, _enums(Raffle, defaults), _enums(Raffle, given))))


def make_prize(raffle: Raffle | None = None, **given: Any) -> Prize:
    """Make a prize level of three pieces."""
    raffle = raffle or make_raffle()
    defaults = {
        "raffle_id": raffle.id,
        "level_zh": "一等奖",
        "level_en": "First prize",
        "name_zh": "双人游体验券",
        "name_en": "Tour for two",
        "quantity": 3,
        "unit_value_cny": 2000,
        "daily_quantity": None,
    }
    return _add(Prize(**_record("pz", _owner(raffle.event_id), defaults, given)))


def make_draw(raffle: Raffle | None = None, *, item: ProgrammeItem | None = None, **given: Any) -> Draw:
    """Make a draft draw at noon."""
    raffle = raffle or make_raffle()
    defaults = {"raffle_id": raffle.id, "item_id": item.id if item else None, "at": time(12)}
    return _add(Draw(**_record("rd", _owner(raffle.event_id), defaults, _enums(Draw, given))))


def make_agreement(
    event: Event | None = None,
    *,
    parties: int = 2,
    commitments: tuple[str, ...] = ("客源互送", "产品共推"),
    **given: Any,
) -> Agreement:
    """Make a framework agreement with parties, commitments and a follow-up of the first commitment."""
    event = event or make_event()
    defaults = {
        "title_zh": "深化文旅交流合作框架协议",
        "title_en": "Framework agreement on culture and tourism",
        "kind": "framework_agreement",
        "item_id": None,
        "signed_date": DAY,
        "signed_place_zh": "活动现场",
        "aim_zh": "为两地文旅产业深度融合注入新动能",
        "aim_en": "New momentum for both provinces",
        "background_zh": "山海相依",
        "background_en": "Bound by mountain and sea",
    }
    agreement = Agreement(**_record("ag", event, defaults, given))
    organizations = [make_organization(event) for _ in range(parties)]
    agreement.parties = [
        Party(event_id=event.id, organization_id=organization.id, order=order, source="demo")
        for order, organization in enumerate(organizations, 1)
    ]
    agreement.commitments = [
        Commitment(**_record("cm", event, {"text_zh": text, "text_en": "Promise"}, {}))
        for text in commitments
    ]
    if organizations and agreement.commitments:
        agreement.follow_ups = [_follow_up(event, agreement.commitments[0], organizations[0])]
    return _add(agreement)


def _follow_up(event: Event, commitment: Commitment, owner: Organization) -> FollowUp:
    defaults = {
        "commitment": commitment,
        "action_zh": "建立季度互送客源统计",
        "action_en": "Quarterly visitor-exchange figures",
        "owner_organization_id": owner.id,
        "due": date(2025, 12, 31),
        "status": "open",
    }
    return FollowUp(**_record("fu", event, defaults, {}))


def make_deal(event: Event | None = None, **given: Any) -> Deal:
    """Make a deal without an amount."""
    defaults = {
        "kind": "visitor_exchange",
        "party_a_zh": "旅行社甲（演示）",
        "party_b_zh": "旅行社乙（演示）",
        "stage": "intent",
        "subject_zh": "秋季双向组团意向",
        "amount_cny": None,
        "recorded_at": NOW,
    }
    return _add(Deal(**_record("de", event, defaults, given)))


def make_workshop(event: Event | None = None, *, booth: Booth | None = None, **given: Any) -> Workshop:
    """Make a walk-in workshop, at a booth of its own unless one is given."""
    event = event or _event_of(booth)
    booth = booth or make_booth(event, category="experience")
    defaults = {
        "name_zh": "转手绢教学",
        "name_en": "Handkerchief-spinning lesson",
        "zone_id": booth.zone_id,
        "booth_id": booth.id,
        "mode": "walk_in",
        "minutes": 30,
        "capacity": 30,
        "min_age": 6,
        "sessions": ["10:30", "15:30"],
        "materials_zh": "练习手绢",
        "min_orders": None,
    }
    return _add(Workshop(**_record("ws", event, _enums(Workshop, defaults), _enums(Workshop, given))))


def make_announcement(event: Event | None = None, **given: Any) -> Announcement:
    """Make a notice to all visitors."""
    defaults = {
        "level": "info",
        "title_zh": "雪糕第二批13:30开始派送",
        "title_en": "Second ice-cream batch at 13:30",
        "body_zh": "请到B-02排队，每人限领1支。",
        "published_at": NOW - timedelta(minutes=10),
        "zone_id": None,
    }
    return _add(Announcement(**_record("an", event, defaults, given)))


def make_faq(event: Event | None = None, **given: Any) -> Faq:
    """Make a question and its answer."""
    defaults = {
        "question_zh": "活动收费吗？",
        "question_en": "Is entry free?",
        "answer_zh": "免费入场。",
        "answer_en": "Yes.",
        "tags": [],
    }
    return _add(Faq(**_record("fq", event, defaults, given)))


def make_post(event: Event | None = None, **given: Any) -> Post:
    """Make a post without a zone."""
    defaults = {
        "name_zh": "综合服务台",
        "name_en": "Information desk",
        "zone_id": None,
        "team": "service",
        "headcount": 2,
        "shifts": ["08:00-20:30"],
    }
    return _add(Post(**_record("po", event, defaults, given)))


def make_ticket(event: Event | None = None, **given: Any) -> Ticket:
    """Make a ticket that was accepted and not yet settled, with its zone and post."""
    event = event or make_event()
    defaults = {
        "category": "lost_child",
        "description_zh": "孩子走散，红色上衣",
        "description_en": "Lost child, red top",
        "zone_id": given.get("zone_id") or make_zone(event).id,
        "assigned_post_id": given.get("assigned_post_id") or make_post(event).id,
        "status": "accepted",
        "priority": "urgent",
        "channel": "qr",
        "opened_at": NOW,
        "accepted_at": NOW + timedelta(minutes=1),
        "resolved_at": None,
        "rating": None,
    }
    return _add(Ticket(**_record("tk", event, defaults, given)))


def make_observation(event: Event | None = None, **given: Any) -> Observation:
    """Make a count of visitors at 10:00."""
    event = event or make_event()
    defaults = {
        "event_id": event.id,
        "date": DAY,
        "time": time(10),
        "by_zone": {},
        "method": "manual_count",
        "source": "demo",
    }
    return _add(Observation(**{**defaults, **given}))


def _event_of(parent: Any) -> Event:
    return _owner(parent.event_id) if parent is not None else make_event()


def _owner(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)


def _enums(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Let tests name closed words by their value, as the event file does."""
    kinds = {column.key: getattr(column.type, "enum_class", None) for column in model.__table__.columns}
    return {name: _member(kinds.get(name), value) for name, value in values.items()}


def _member(kind: Any, value: Any) -> Any:
    return kind(value) if kind is not None and isinstance(value, str) else value
