"""The market from the call to the open booth: forty apply by the form, offices look, booths are given out."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask

from eventsite.jobs.waiting import solve_waiting
from tests.journeys.exhibiting import DESK, HOME, Exhibitor, approve, hand_in, press, send_back
from tests.journeys.people import Person, member, visitor
from tests.support.clocks import running_clock, set_clock
from tests.support.demo_fair import EVENT, open_fair

READINESS = f"/admin/e/{EVENT}/readiness"
PLACEMENT = f"/admin/e/{EVENT}/placement"
SHARES = {"food": 20, "heritage": 6, "wellness": 6, "interactive": 8}
ZONES = {"food": "B", "heritage": "C", "wellness": "E", "interactive": "F"}
PLACES, TAKEN = 20, 19  # a fifth more than the places are taken, five of them by the event file


@pytest.fixture
def fair(real_app: Flask) -> Iterator[Flask]:
    """Return a site with the demo fair, two months before its first day."""
    with running_clock("2025-07-05T10:00+08:00"):
        open_fair(real_app)
        yield real_app


def test_market_from_the_call_to_the_open_booth(fair: Flask) -> None:
    organizer = member(fair, "organizer")
    open_call(organizer)
    exhibitors = [
        apply(fair, category, number) for category, count in SHARES.items() for number in range(count)
    ]
    assert len({one.link for one in exhibitors}) == sum(SHARES.values()) == 40
    assert Counter("候补" in one.text for one in exhibitors) == {False: TAKEN, True: 40 - TAKEN}

    first, second, third = exhibitors[:3]
    numbers = [one.number for one in exhibitors[:TAKEN]]
    for number in numbers[2:6]:
        approve(organizer, number)
    send_back_and_correct(organizer, first, numbers[0])
    reject(organizer, numbers[1])
    assert "未通过" in second.text
    promoted = exhibitors[TAKEN].number
    press(organizer, f"{DESK}/{promoted}", "/promote")
    approve(organizer, promoted)

    third.person.send(third.link, "/confirm")
    assert "已确认" in third.text
    for code in ("B-01", "B-02"):
        organizer.send(f"/admin/e/{EVENT}/market/booths/{code}", f"/booths/{code}", status="planned")
    give_out_booths(fair, organizer)
    accepted = visitor(fair).see(f"{HOME}/apply/accepted")
    assert (
        len(re.findall(r"[BCEF]-\d\d", accepted.text)) == 5
    )  # two were set to planned, three are the file's

    set_clock("2025-09-06T08:30+08:00")
    booth = next(code for code in re.findall(r"B-\d\d", accepted.text) if code not in ("B-03", "B-04"))
    make_ready(organizer, booth)
    press(organizer, f"{READINESS}/booths/{booth}", f"/{booth}/open")
    shown = visitor(fair).see(f"{HOME}/booths/{booth}")
    assert "开放" in shown.text or "营业" in shown.text


def open_call(organizer: Person) -> None:
    """Publish a call for four categories that takes applications now."""
    rows = {name: str(row) for row, name in enumerate(("food", "heritage"))} | {
        "wellness": "4",
        "interactive": "5",
    }
    chosen = {f"for_{row}": "y" for row in rows.values()} | {f"most_kw_{row}": "6" for row in rows.values()}
    organizer.send(
        f"{DESK}/calls/new",
        "/calls/new",
        code="summer",
        title_zh="辽宁文旅市集招募公告",
        title_en="Call for exhibitors",
        rules_zh="统一入场，明码标价。",
        rules_en="Marked prices.",
        opens_at="2025-07-01 09:00",
        closes_at="2025-07-20 18:00",
        places=str(PLACES),
        over_percent="120",
        erase_on="2025-12-31",
        **chosen,
    )


def unit(category: str, number: int) -> str:
    """Return the name of an exhibitor; rare characters have to survive."""
    return f"㛃记{category}{number}号𬭎"


def apply(fair: Flask, category: str, number: int) -> Exhibitor:
    """Fill in the form as somebody whom nobody knows, and hand it in."""
    return hand_in(
        fair,
        f"summer/{category}",
        unit_zh=unit(category, number),
        contact_post_zh="市场联系人",
        phone=f"1380013{4000 + 100 * len(category) + number}",
        zone=ZONES[category],
        wishes=f"{ZONES[category]}-02",
        product_name_0="榛子",
        product_price_0="12.5",
        appliance_name_0="保温柜",
        appliance_kw_0="0.5",
        appliance_number_0="2",
    )


def send_back_and_correct(organizer: Person, exhibitor: Exhibitor, number: str) -> None:
    """Return an application once, let the applicant put it right, and accept it."""
    send_back(organizer, number, "power", "电器清单缺电烤炉")
    assert "电器清单缺电烤炉" in exhibitor.text
    exhibitor.person.send(
        f"{exhibitor.link}/form",
        "/form/upload",
        appliance_name_1="电烤炉",
        appliance_kw_1="2",
        appliance_number_1="1",
        commitment_signed="y",
        consented="y",
        act="submit",
    )
    approve(organizer, number)


def reject(organizer: Person, number: str) -> None:
    """Turn an application down with a reason."""
    organizer.send(f"{DESK}/{number}", "/reject", **{"reject-reason": "品类已满"})


def give_out_booths(fair: Flask, organizer: Person) -> None:
    """Ask for a proposal, let the job process work it out, and apply it."""
    shown = organizer.send(f"{PLACEMENT}/", "/placement/propose", seconds="5")
    with fair.app_context():
        assert solve_waiting()
    press(organizer, shown.path, "/apply")


def make_ready(organizer: Person, booth: str) -> None:
    """File and check what a booth of food needs, issue a pass, and tick what a walk round finds in place."""
    home = f"{READINESS}/booths/{booth}"
    refused = organizer.client.submit(organizer.see(home).form(f"/{booth}/open-unready"), reason="")
    assert refused.status_code == 422
    for kind in ("business", "food", "health"):
        organizer.send(f"{home}/certificates/upload", "/upload", kind=kind, expires_on="2026-01-31")
    papers = sorted({link for link in organizer.see(home).links if re.search(r"/certificates/\d+$", link)})
    assert len(papers) == 3
    for paper in papers:
        press(organizer, paper, "/check")
    organizer.send(f"{home}/passes/new", "/passes/new", kind="staff", label="摊主")
    for check in ("people", "power", "sign", "gifts"):
        page = organizer.see(home)
        if any(form.action.endswith(f"/checks/{check}") for form in page.forms):
            organizer.client.submit(page.form(f"/checks/{check}"), counted="100")
