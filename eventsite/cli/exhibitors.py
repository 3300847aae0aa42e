"""A demonstration's calls for exhibitors: the one that filled the fair, and one that is open now."""

from datetime import date, datetime

from eventsite.accounts.core import Actor
from eventsite.applications.core.calls import CallFacts, CategoryTerms, QuestionFacts
from eventsite.applications.enums import QuestionKind, Slot
from eventsite.applications.operations import add_question, create_call
from eventsite.applications.queries import list_calls
from eventsite.events.models import Event

LATE_CALL = "late-places"
FOOD_FILES = (Slot.BUSINESS.value, Slot.FOOD.value, Slot.HEALTH.value, Slot.INSURANCE.value)
RULES_ZH = (
    "一、展位由组委会统一搭建，每位一桌两椅、一块楣板、一处电源；用电按申报配给，单个展位不超过所列上限。\n"
    "二、现场制售食品的，须持有效的食品经营许可或备案，从业人员持健康证明，明火须单独申报并自备灭火器材。\n"
    "三、每份申请只退回补正一次，请一次补齐；名额之外的申请按提交先后候补。\n"
    "四、占道、消防、食品等事项由主管部门决定，本站只代为收件和跟踪。（演示文本）"
)
RULES_EN = (
    "1. Booths are built by the organizers: a table, two chairs, a fascia board and a socket; power is given "
    "as declared, up to the limit named.\n"
    "2. Whoever prepares or sells food needs a valid licence or filing and health certificates; a flame "
    "is declared and has its own extinguisher.\n"
    "3. An application is returned only once, so please complete it in one go; beyond the quota applications "
    "wait in order.\n"
    "4. Street, fire and food matters are decided by the authorities in charge; this site takes in and "
    "tracks. (demo text)"
)


def open_calls(actor: Actor, event: Event) -> bool:
    """Write the calls of the demonstration, where the event has no call yet."""
    if list_calls(event):
        return False
    create_call(actor, event, _past(event))
    call = create_call(actor, event, _present(event))
    for question in _questions():
        add_question(actor, event, call.code, question)
    return True


def _past(event: Event) -> CallFacts:
    return CallFacts(
        code="exhibitors-2025",
        title_zh="辽宁文旅市集参展招募（演示）",
        title_en="Call for exhibitors of the market (demo)",
        rules_zh=RULES_ZH,
        rules_en=RULES_EN,
        opens_at=datetime(2025, 7, 1, 9, tzinfo=event.zone),
        closes_at=datetime(2025, 7, 20, 18, tzinfo=event.zone),
        places=36,
        over_percent=120,
        most_products=5,
        return_days=5,
        erase_on=date(2026, 3, 31),
        categories=(
            CategoryTerms(category="food", most_kw=12, needs=FOOD_FILES),
            CategoryTerms(category="heritage", most_kw=3, needs=(Slot.BUSINESS.value,)),
            CategoryTerms(category="creative", most_kw=3, needs=(Slot.BUSINESS.value,)),
        ),
    )


def _present(event: Event) -> CallFacts:
    return CallFacts(
        code=LATE_CALL,
        title_zh="补位招募（演示）",
        title_en="Late places: call for exhibitors (demo)",
        rules_zh=RULES_ZH,
        rules_en=RULES_EN,
        opens_at=datetime(2025, 9, 1, 9, tzinfo=event.zone),
        closes_at=datetime(2025, 9, 6, 20, tzinfo=event.zone),
        places=8,
        over_percent=120,
        most_products=5,
        return_days=1,
        erase_on=date(2026, 3, 31),
        categories=(
            CategoryTerms(category="food", most_kw=12, needs=FOOD_FILES),
            CategoryTerms(category="heritage", most_kw=3, needs=(Slot.BUSINESS.value,)),
            CategoryTerms(category="folk", most_kw=3, needs=()),
        ),
    )


def _questions() -> tuple[QuestionFacts, ...]:
    return (
        QuestionFacts(
            category="",
            kind=QuestionKind.CHOICE,
            text_zh="可参展的时段",
            text_en="When can you come?",
            options_zh=("全天", "上午", "下午和晚上"),
            options_en=("All day", "In the morning", "In the afternoon and evening"),
            required=True,
            position=0,
        ),
        QuestionFacts(
            category="folk",
            kind=QuestionKind.YES_NO,
            text_zh="能否现场演示制作过程",
            text_en="Can you show on site how it is made?",
            options_zh=(),
            options_en=(),
            required=False,
            position=1,
        ),
    )
