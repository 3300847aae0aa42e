"""Calls, forms as applicants fill them in, and applications that came by them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.applications.core.calls import CallFacts, CategoryTerms, QuestionFacts
from eventsite.applications.core.facts import Appliance, ApplicationFacts, Product
from eventsite.applications.enums import Matter, QuestionKind, Verdict
from eventsite.applications.models import Application, Call
from eventsite.applications.operations import (
    Finding,
    Sheet,
    approve_application,
    create_call,
    judge_matter,
    save_application,
    submit_application,
)
from eventsite.applications.queries import get_application
from eventsite.applications.queries.sheets import opinions_of
from eventsite.events.models import Event
from eventsite.kernel.tokens import Keyring, new_body
from eventsite.sealing.core import Sealer
from tests.support.factories import NOW
from tests.support.factories_market import ORGANIZER

APPLICANT = Actor(ref="applicant:test", label="", origin="192.0.2.9")
SEALER = Sealer(keys=Keyring({1: b"k" * 32}, 1), marking=b"m" * 32)
PHONE = "+8613812345678"
CREDIT_CODE = "91350100M000100Y43"  # the example of GB 32100-2015


def call_facts(**given: Any) -> CallFacts:
    """Return the facts of a call that is open now, for food and folk booths."""
    usual = CallFacts(
        code="spring",
        title_zh="参展招募",
        title_en="Call for exhibitors",
        rules_zh="规则",
        rules_en="Rules",
        opens_at=NOW - timedelta(days=10),
        closes_at=NOW + timedelta(days=10),
        places=10,
        over_percent=120,
        most_products=3,
        return_days=3,
        erase_on=date(2030, 1, 1),
        categories=(
            CategoryTerms(category="food", most_kw=12, needs=("food",)),
            CategoryTerms(category="folk", most_kw=3, needs=()),
        ),
    )
    return replace(usual, **given)


def make_call(event: Event, **given: Any) -> Call:
    """Make a call."""
    return create_call(ORGANIZER, event, call_facts(**given))


def question_facts(**given: Any) -> QuestionFacts:
    """Return the facts of a line of text that everybody has to answer."""
    usual = QuestionFacts(
        category="",
        kind=QuestionKind.TEXT,
        text_zh="参展时段",
        text_en="When",
        options_zh=(),
        options_en=(),
        required=True,
        position=0,
    )
    return replace(usual, **given)


def application_facts(**given: Any) -> ApplicationFacts:
    """Return a form with everything that handing in a folk booth needs."""
    usual = ApplicationFacts(
        unit_zh="䶮记㛃𬭎工坊 🎎",
        unit_en="Workshop",
        credit_code="",
        contact_post_zh="联系人",
        phone=PHONE,
        email="",
        delegation=None,
        zone="A",
        trade="",
        wishes=(),
        near="",
        places=1,
        partner="",
        products=(Product(name="剪纸", price_fen=1250),),
        appliances=(Appliance(name="射灯", kw=0.1, number=3),),
        needs_water=False,
        open_flame=False,
        food_required=False,
        street_occupation=False,
        vehicle_passes=1,
        staff_passes=2,
        insured=True,
        answers={},
        commitment_signed=True,
        consented=True,
    )
    return replace(usual, **given)


def apply_to(
    event: Event, call: Call, *, body: bytes | None = None, now: datetime = NOW, **given: Any
) -> Application:
    """Hand in an application for a folk booth."""
    body = body or new_body(16)
    sheet = Sheet(call=call.code, category="folk", facts=application_facts(**given))
    save_application(APPLICANT, event, body, sheet, sealer=SEALER, now=now)
    return submit_application(APPLICANT, event, body, sealer=SEALER, now=now)


def judge_all(event: Event, ref: str, *, bad: Sequence[Matter] = ()) -> Application:
    """Let every office say its word: in order, or a problem for the `bad` ones."""
    for one in opinions_of(get_application(event, ref)):
        verdict = Verdict.PROBLEM if one.matter in bad else Verdict.OK
        point = "请补正" if one.matter in bad else ""
        judge_matter(ORGANIZER, event, ref, Finding(matter=one.matter, verdict=verdict, point=point), now=NOW)
    return get_application(event, ref)


def approve_one(event: Event, call: Call, **given: Any) -> Application:
    """Hand in an application, and let it be accepted."""
    row = judge_all(event, apply_to(event, call, **given).ref)
    return approve_application(ORGANIZER, event, row.ref, version=row.version, now=NOW)
