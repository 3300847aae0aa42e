"""What some cities of the demo fair show: a few invented products, routes, heritage holders and vouchers."""

from datetime import date

from eventsite.accounts.core import Actor
from eventsite.cli.pictures import Colour, paper_cut
from eventsite.events.models import Event
from eventsite.events.queries import find_delegation
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_bytes
from eventsite.market.queries import find_booth
from eventsite.showcase.core import InheritorFacts, PhotoFacts, ProductFacts, RouteFacts, VoucherFacts
from eventsite.showcase.operations.entries import (
    create_inheritor,
    create_product,
    create_route,
    create_voucher,
)
from eventsite.showcase.operations.photos import Subject, add_photo
from eventsite.showcase.queries import figures_of_cities

DEMO = "demo"
PRODUCTS: dict[str, tuple[ProductFacts, ...]] = {
    "C-08": (
        ProductFacts(
            name_zh="贝雕书签",
            name_en="Shell-carving bookmark",
            note_zh="三色贝壳薄片，现场可刻名字。",
            note_en="Thin slices of shell in three colours; your name is carved on the spot.",
            price_yuan=25,
            unit_zh="枚",
            unit_en="piece",
            position=0,
        ),
        ProductFacts(
            name_zh="贝雕挂画“帆影”",
            name_en="Shell-carving picture “Sails”",
            note_zh="",
            note_en="",
            price_yuan=None,
            unit_zh="",
            unit_en="",
            position=1,
        ),
    ),
    "C-01": (
        ProductFacts(
            name_zh="生肖糖人",
            name_en="Sugar zodiac figure",
            note_zh="转盘选生肖，吹好就能吃。",
            note_en="Spin for your animal; blown while you watch, eaten while it is warm.",
            price_yuan=15,
            unit_zh="个",
            unit_en="figure",
            position=0,
        ),
    ),
    "B-06": (
        ProductFacts(
            name_zh="南果梨礼盒",
            name_en="Nanguo pear gift box",
            note_zh="2.5 千克，可代寄。",
            note_en="2.5 kg; they post it for you.",
            price_yuan=49.9,
            unit_zh="盒",
            unit_en="box",
            position=0,
        ),
        ProductFacts(
            name_zh="南果梨汁",
            name_en="Nanguo pear juice",
            note_zh="",
            note_en="",
            price_yuan=8,
            unit_zh="瓶",
            unit_en="bottle",
            position=1,
        ),
    ),
}
INHERITORS: dict[str, InheritorFacts] = {
    "C-08": InheritorFacts(
        name_zh="贝雕传承人（演示）",
        name_en="Shell carver (demo)",
        craft_zh="贝雕",
        craft_en="Shell carving",
        rank="provincial",
        story_zh="把一枚贝壳磨到透光，再按花纹拼成一片海。现场演示磨、刻、拼三道工序。",
        story_en="Grinds a shell until light shines through, then joins the pieces into a sea: grinding,"
        " carving and joining are shown at the booth.",
        position=0,
    ),
    "C-01": InheritorFacts(
        name_zh="糖人传承人（演示）",
        name_en="Sugar-figure maker (demo)",
        craft_zh="糖人",
        craft_en="Sugar figures",
        rank="city",
        story_zh="一勺糖稀、一口气，半分钟吹出一匹小马。",
        story_en="A spoon of syrup and one breath: half a minute later there is a little horse.",
        position=0,
    ),
}
ROUTES: dict[str, tuple[RouteFacts, ...]] = {
    "dl-dalian": (
        RouteFacts(
            name_zh="看海两日",
            name_en="Two days by the sea",
            season="summer",
            days=2,
            stops_zh=("海滨公路", "渔港早市", "海岛日落"),
            stops_en=("Coast road", "Morning fish market", "Sunset on an island"),
            text_zh="高铁到站后全程公共交通可达。",
            text_en="All of it by public transport from the railway station.",
            position=0,
        ),
        RouteFacts(
            name_zh="冰峪秋色一日",
            name_en="Autumn in Bingyu Valley",
            season="autumn",
            days=1,
            stops_zh=("冰峪沟", "农家午饭", "采摘园"),
            stops_en=("Bingyu Valley", "Lunch at a farm", "Orchard"),
            text_zh="",
            text_en="",
            position=1,
        ),
    ),
    "dl-anshan": (
        RouteFacts(
            name_zh="千山温泉两日",
            name_en="Qianshan and hot springs",
            season="winter",
            days=2,
            stops_zh=("千山", "玉雕作坊", "温泉小镇"),
            stops_en=("Qianshan Mountain", "Jade workshop", "Hot spring town"),
            text_zh="",
            text_en="",
            position=0,
        ),
    ),
}
VOUCHERS: dict[str, VoucherFacts] = {
    "dl-dalian": VoucherFacts(
        title_zh="海岛游船票立减 30 元",
        title_en="30 yuan off an island boat trip",
        partner_zh="大连游船公司（演示）",
        partner_en="Dalian boat company (demo)",
        organization=None,
        place_zh="大连港客运码头 2 号窗口",
        place_en="Dalian passenger pier, counter 2",
        terms_zh="购买成人游船票时出示，一张票用一张券，不找零、不兑现。",
        terms_en="Show it when you buy an adult's ticket; one voucher a ticket, no change, no cash.",
        valid_until=date(2026, 6, 30),
        stock=200,
        offered=True,
    ),
    "dl-anshan": VoucherFacts(
        title_zh="温泉门票第二张半价",
        title_en="Second hot spring ticket at half price",
        partner_zh="鞍山温泉小镇（演示）",
        partner_en="Anshan hot spring town (demo)",
        organization=None,
        place_zh="温泉小镇售票处",
        place_en="Ticket office of the town",
        terms_zh="两人同行使用，节假日除外。",
        terms_en="For two who come together, not on public holidays.",
        valid_until=date(2026, 3, 31),
        stock=100,
        offered=True,
    ),
}
CREDIT = "本站绘图 / drawn by the site"
CONSENT = "本站绘制，画面无人物 / drawn by the site, nobody is shown"
SEA_SKY, SEA, DUSK, SHELL = (214, 233, 240), (19, 78, 121), (250, 214, 180), (132, 48, 11)


def show_cities(actor: Actor, event: Event) -> bool:
    """Let some cities show something where none of them does yet; tell whether anything was added."""
    if any(row.products or row.routes or row.vouchers or row.photos for row in figures_of_cities(event)):
        return False
    for code, products in PRODUCTS.items():
        _fill_booth(actor, event, code, products)
    for ref, voucher in VOUCHERS.items():
        _fill_city(actor, event, ref, voucher)
    return True


def _fill_booth(actor: Actor, event: Event, code: str, products: tuple[ProductFacts, ...]) -> None:
    booth = find_booth(event, code)
    if booth is None:
        return
    for facts in products:
        create_product(actor, event, booth, facts, source=DEMO)
    if code in INHERITORS:
        create_inheritor(actor, event, booth, INHERITORS[code], source=DEMO)
    if code == "C-08":
        _draw(actor, event, booth, (DUSK, SHELL), words=("贝雕（绘图）", "Shell carving (a drawing)"))


def _fill_city(actor: Actor, event: Event, ref: str, voucher: VoucherFacts) -> None:
    city = find_delegation(event, ref)
    if city is None:
        return
    for facts in ROUTES.get(ref, ()):
        create_route(actor, event, city, facts, source=DEMO)
    create_voucher(actor, event, city, voucher, source=DEMO)
    if ref == "dl-dalian":
        _draw(actor, event, city, (SEA_SKY, SEA), words=("山与海（绘图）", "Hills and sea (a drawing)"))


def _draw(
    actor: Actor, event: Event, subject: Subject, colours: tuple[Colour, Colour], *, words: tuple[str, str]
) -> None:
    """Add a picture of our own, by the way that every photo takes."""
    upload = read_bytes(paper_cut(*colours, water=True), name="demo.png", kind=FileKind.PHOTO)
    facts = PhotoFacts(alt_zh=words[0], alt_en=words[1], credit=CREDIT, consent=CONSENT, position=0)
    add_photo(actor, event, subject, upload, facts, source=DEMO)
