"""A delegation's pack: all of its own, nothing of another city, on a page and in a file."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.accounts.enums import Role
from eventsite.database import atomic, db
from eventsite.events.models import Delegation
from eventsite.events.queries import get_delegation, get_event, get_zone
from eventsite.market.models import Booth
from eventsite.programme.enums import ActKind
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.readiness import operations
from tests.support.counting import count_queries
from tests.support.factories import (
    NOW,
    make_booth,
    make_delegation,
    make_float,
    make_giveaway,
    make_item,
    make_stage,
)
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.factories_programme import at, make_release, stage_of
from tests.support.factories_readiness import (
    access_facts,
    certificate_facts,
    fault_facts,
    slot_facts,
    vehicle_facts,
)
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/delegations"
OWN, FOREIGN = f"{DESK}/dl-dalian/pack", f"{DESK}/dl-fuxin/pack"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair where Dalian and Fuxin each have one of everything."""
    with app.app_context():
        made = make_fair(slug="fair-a")
        make_delegation(made.event, ref="dl-fuxin", city_zh="阜新", name_zh="阜新市展团", name_en="Fuxin")
        for place, (ref, city) in enumerate((("dl-dalian", "大连"), ("dl-fuxin", "阜新"))):
            furnish(ref, city, place)
        make_release(get_event("fair-a"))


def furnish(ref: str, city: str, place: int) -> None:
    """Give a delegation one of everything."""
    event = get_event("fair-a")
    delegation = get_delegation(event, ref)
    booth = add_booth(delegation, city, place)
    code, zone = booth.code, booth.zone
    operations.issue_pass(ORGANIZER, event, code, access_facts(label=f"{city}值守"), now=NOW)
    operations.issue_pass(ORGANIZER, event, code, vehicle_facts(label=f"{city}货车"), now=NOW)
    operations.issue_delegation_pass(ORGANIZER, event, ref, vehicle_facts(label=f"{city}大巴"), now=NOW)
    operations.add_certificate(ORGANIZER, event, code, certificate_facts())
    operations.raise_fault(ORGANIZER, event, fault_facts(booth=code, words_zh=f"{city}灯箱不亮"), now=NOW)
    start = slot_facts().starts_at.replace(day=1 + place)
    slot = operations.create_slot(ORGANIZER, event, slot_facts(starts_at=start))
    operations.book_slot(ORGANIZER, event, code, slot.id, now=NOW)
    make_giveaway(event, booth_id=booth.id, zone_id=zone.id, name_zh=f"{city}手帕")
    make_float(event, booth_id=booth.id, delegation_id=delegation.id, name_zh=f"{city}花车号")
    make_item(event, stage=make_stage(event, zone=zone), delegation_id=delegation.id, title_zh=f"{city}推介")


def add_booth(delegation: Delegation, city: str, place: int) -> Booth:
    """Give a delegation a booth in zone A."""
    return make_booth(
        zone=get_zone(get_event("fair-a"), "A"),
        code=f"A-0{place + 1}",
        delegation_id=delegation.id,
        map_x=30 + 85 * place,
        name_zh=f"{city}展位",
        category="folk",
    )


@pytest.fixture
def lead(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")


def test_lead_sees_all_of_its_own_and_nothing_of_another_city(lead: PageClient) -> None:
    text = lead.page(OWN).text
    for words in ("值守", "货车", "大巴", "灯箱不亮", "手帕", "花车号", "推介", "展位"):
        assert f"大连{words}" in text
    assert "阜新" not in text
    assert "12345" not in text
    lead.page(FOREIGN, status=403)
    lead.page(f"{DESK}/dl-nobody/pack", status=404)


def test_pack_tells_acts_as_they_are_released_and_expected(app: Flask, lead: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.title_zh == "大连推介")).one()
        delay = Wish(stage=stage_of(item).code, kind=ActKind.DELAY, items=(item.ref,), minutes=15)
        act(ORGANIZER, event, delay, seen=Seen(release=1, revision=0), now=at("9:50"))
        with atomic() as session:
            moved = session.get_one(ProgrammeItem, item.id)
            moved.starts_at, moved.ends_at = at("16:10"), at("16:40")
    page = lead.page(OWN).text
    assert "10:15–10:45" in page
    assert "16:10" not in page
    assert "10:15" in lead.get(f"{OWN}.csv").data.decode("utf-8-sig")


def test_lead_goes_straight_to_its_own_pack(lead: PageClient) -> None:
    assert lead.get(f"{DESK}/packs").location == OWN


def test_pack_goes_out_as_a_file_of_its_own(lead: PageClient) -> None:
    for ending in ("csv", "xlsx"):
        assert lead.get(f"{OWN}.{ending}").status_code == 200
        assert lead.get(f"{FOREIGN}.{ending}").status_code == 403
    text = lead.get(f"{OWN}.csv").data.decode("utf-8-sig")
    assert "大连大巴" in text
    assert "阜新" not in text


def test_lead_edits_its_own_booth_and_no_other(lead: PageClient) -> None:
    readiness, market = "/admin/e/fair-a/readiness", "/admin/e/fair-a/market"
    for path in (f"{readiness}/booths/A-01/passes/new", f"{readiness}/booths/A-01/certificates/upload"):
        lead.page(path)
        lead.page(path.replace("A-01", "A-02"), status=403)
    form = lead.page(f"{market}/booths/A-01").form("/booths/A-01")
    assert lead.submit(form, power_kw="3.5").status_code == 303
    assert "3.5" in lead.page(OWN).text
    new = f"{readiness}/delegations/dl-dalian/passes/new"
    assert lead.submit(lead.page(new).form(new), kind="staff", label="大连领队").status_code == 303
    lead.page(new.replace("dl-dalian", "dl-fuxin"), status=403)


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (Role.ORGANIZER, "", 200),
        (Role.AUDITOR, "", 200),
        (Role.ZONE_LEAD, "zone:A", 403),
        (Role.STAGE_MANAGER, "", 403),
        (Role.DESK, "", 403),
    ],
)
def test_who_opens_packs(app: Flask, fair: None, role: Role, scope: str, status: int) -> None:
    client = client_of(app, role, "fair-a", scope)
    client.page(OWN, status=status)
    client.page(f"{DESK}/packs", status=status)


def test_pack_of_a_delegation_without_anything_says_so(app: Flask) -> None:
    with app.app_context():
        make_fair(slug="fair-a")
    client = client_of(app, Role.ORGANIZER, "fair-a")
    assert "没有待办事项" in client.page(OWN).text
    client.page(f"{OWN}?lang=en")


def test_pack_costs_the_same_queries_however_much_is_in_it(app: Flask, lead: PageClient) -> None:
    lead.page(OWN)
    with count_queries(app) as few:
        lead.page(OWN)
    with app.app_context():
        event = get_event("fair-a")
        for number in (4, 5):
            add_booth(get_delegation(event, "dl-dalian"), "大连", number)
            code = f"A-0{number + 1}"
            operations.issue_pass(ORGANIZER, event, code, access_facts(), now=NOW)
            operations.add_certificate(ORGANIZER, event, code, certificate_facts())
            operations.raise_fault(ORGANIZER, event, fault_facts(booth=code), now=NOW)
    with count_queries(app) as many:
        lead.page(OWN)
    assert len(many) == len(few)
