"""The story behind the pictures: a furnished fair at noon, and who applies for one of its empty booths."""

import csv
import io
import re

from flask import Flask

from eventsite.applications.queries import get_call
from eventsite.cli.exhibitors import LATE_CALL
from eventsite.cli.prepare import furnish
from eventsite.events.queries import get_event
from eventsite.jobs.waiting import solve_waiting
from tests.journeys import drawing
from tests.journeys.exhibiting import Exhibitor, approve, hand_in, press, send_back
from tests.journeys.people import Person
from tests.support.clocks import set_clock
from tests.support.demo_fair import EVENT, open_fair, tell

TEAM = f"/admin/e/{EVENT}/"
DESK_READS = "柳编合作社（演示）"
UNIT = {
    "unit_zh": "葫芦烙画坊（演示）",
    "unit_en": "Gourd Pyrography (demo)",
    "contact_post_zh": "参展联系人",
    "phone": "13800138000",
    "zone": "A",
    "wishes": "A-07",
    "product_name_0": "烙画葫芦",
    "product_price_0": "25",
    "appliance_name_0": "电烙笔",
    "appliance_kw_0": "0.1",
    "appliance_number_0": "3",
}
POINT = "冷藏展示柜请写铭牌功率；电蒸柜须单独接线"
SHEET = (
    (
        "展位编号",
        "展区",
        "名称（中文）",
        "名称（英文）",
        "归属",
        "类别",
        "用电（kW）",
        "工作证（张）",
        "摊主电话",
    ),
    ("B-05", "B", "锦州烧烤", "Jinzhou barbecue", "锦州", "美食", "8", "4", ""),
    ("B-06", "B", "南果梨", "Nanguo pears", "鞍山", "美食", "一千瓦", "4", ""),
    ("B-19", "G", "海鲜焖子", "Seafood jelly", "大连", "美食", "3", "4", ""),
    ("C-19", "C", "岫岩玉雕", "Xiuyan jade carving", "鞍山", "非遗", "0.5", "4", ""),
    ("C-19", "C", "阜新玛瑙", "Fuxin agate", "阜新", "非遗", "0.5", "两张", ""),
    ("C-20", "C", "", "Lacquer thread", "", "漆器", "0.2", "2", ""),
)


def open_for_pictures(app: Flask) -> None:
    """Make the fair at half past one: furnished, visited, its first draw done."""
    open_fair(app)
    with app.app_context():
        furnish(get_event(EVENT))
    tell(app, "demo", "crowd", EVENT, "--passes", "200")
    drawing.whole_draw(app)
    set_clock("2025-09-06T13:40+08:00")
    tell(app, "demo", "crowd", EVENT, "--passes", "400")


def accept_exhibitor(app: Flask, organizer: Person) -> Exhibitor:
    """Let somebody apply for an empty booth, and accept it."""
    exhibitor = hand_in(app, f"{LATE_CALL}/folk", **UNIT, **_answer(app))
    approve(organizer, exhibitor.number)
    return exhibitor


def return_once(organizer: Person, number: str) -> None:
    """Send an application back for its power."""
    send_back(organizer, number, "power", POINT)


def half_read(organizer: Person) -> str:
    """Return the desk's page of an application that the offices have read and found a problem in."""
    links = organizer.see(f"{TEAM}applications/").all("a")
    (found,) = (link.get("href") for link in links if DESK_READS in "".join(link.itertext()))
    assert found is not None
    return found


def propose_booths(app: Flask, organizer: Person) -> str:
    """Ask who stands where; return the proposal's page."""
    shown = organizer.send(f"{TEAM}placement/", "/placement/propose", seconds="5")
    with app.app_context():
        assert solve_waiting()
    return shown.path


def give_out_booths(organizer: Person, proposal: str) -> None:
    """Give out what was proposed, and a pass with it."""
    press(organizer, proposal, "/apply")
    page = f"{TEAM}readiness/booths/{UNIT['wishes']}/passes/new"
    organizer.send(page, "/passes/new", kind="staff", label="展位值守")


def check_sheet(organizer: Person) -> str:
    """Hand in a spreadsheet of booths with faults; return the address of its dry run."""
    text = io.StringIO()
    csv.writer(text).writerows(SHEET)
    page = f"{TEAM}market/import-booths/upload"
    form = organizer.see(page).form("/upload")
    sheet = (io.BytesIO(text.getvalue().encode("utf-8-sig")), "展位.csv")
    response = organizer.client.submit(form, sheet=sheet)
    assert response.status_code == 303, response.text
    return str(response.location)


def vehicle_pass(organizer: Person, booth: str) -> str:
    """Return the address behind the code of a booth's vehicle pass."""
    listed = organizer.see(f"{TEAM}readiness/booths/{booth}")
    passes = (organizer.see(link) for link in listed.links if re.search(r"/passes/\d+$", link))
    (vehicle, *_others) = (page for page in passes if "车辆" in page.headings[0])
    (link,) = (link for link in vehicle.links if "/v/" in link)
    return link


def _answer(app: Flask) -> dict[str, str]:
    with app.app_context():
        asked = get_call(get_event(EVENT), LATE_CALL).questions
        return {f"q{question.id}": question.options_zh[0] for question in asked if question.required}
