"""What teams say of products, inheritors, routes, vouchers and photos; what is drawn where no photo is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.showcase.errors import NotOffered

CENTS = 100
MOTIFS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("reeds", ("湿地", "红海滩", "苇", "鹤", "wetland", "reed", "crane")),
    ("grass", ("花海", "草原", "grassland", "steppe", "flower")),
    ("sea", ("海滨", "海岸", "海岛", "海湾", "沙滩", "渔", "sea", "coast", "beach", "island", "harbour")),
    ("spring", ("泉", "hot spring", "geyser")),
    ("mountain", ("山", "峰", "谷", "岭", "枫", "mountain", "valley", "hill", "peak", "maple")),
    ("roofs", ("城", "宫", "寺", "塔", "古", "遗址", "palace", "temple", "ancient", "pagoda")),
    ("river", ("江", "河", "湖", "桥", "river", "lake", "bridge")),
)
"""What a city's drawing shows, by words of its highlights; none of them is a landmark."""
ANY_MOTIF = "mountain"
SILHOUETTES = frozenset(
    {
        "food",
        "heritage",
        "folk",
        "city_show",
        "wellness",
        "interactive",
        "experience",
        "creative",
        "photo_spot",
        "service",
    }
)
"""Categories of booths with a drawing of their own in `static/img/silhouettes.svg`."""
ANY_SILHOUETTE = "stall"


@dataclass(frozen=True, kw_only=True)
class ProductFacts:
    """What a booth sells or shows; `price_yuan` is None where it is told on the spot."""

    name_zh: str
    name_en: str
    note_zh: str
    note_en: str
    price_yuan: float | None
    unit_zh: str
    unit_en: str
    position: int


@dataclass(frozen=True, kw_only=True)
class InheritorFacts:
    """A heritage holder at a booth; `rank` is a value of `Rank`."""

    name_zh: str
    name_en: str
    craft_zh: str
    craft_en: str
    rank: str
    story_zh: str
    story_en: str
    position: int


@dataclass(frozen=True, kw_only=True)
class RouteFacts:
    """A way to travel through a city; `season` is a value of `Season`."""

    name_zh: str
    name_en: str
    season: str
    days: int
    stops_zh: tuple[str, ...]
    stops_en: tuple[str, ...]
    text_zh: str
    text_en: str
    position: int


@dataclass(frozen=True, kw_only=True)
class VoucherFacts:
    """An offer to use in the city later; `organization` is the partner's id in the file, if it has one."""

    title_zh: str
    title_en: str
    partner_zh: str
    partner_en: str
    organization: str | None
    place_zh: str
    place_en: str
    terms_zh: str
    terms_en: str
    valid_until: date
    stock: int
    offered: bool


@dataclass(frozen=True, kw_only=True)
class PhotoFacts:
    """What is said of a photo; `consent` tells who agreed that it is shown: its maker, the people on it."""

    alt_zh: str
    alt_en: str
    credit: str
    consent: str
    position: int


def cents_of(price_yuan: float | None) -> int | None:
    """Return a price in cents."""
    return None if price_yuan is None else round(price_yuan * CENTS)


def yuan_of(price_cents: int | None) -> float | None:
    """Return a price in yuan."""
    return None if price_cents is None else price_cents / CENTS


def motif_of(words: Iterable[str]) -> str:
    """Return which drawing suits a city, by the first of its highlights that tells."""
    for word in words:
        small = word.casefold()
        for motif, signs in MOTIFS:
            if any(sign in small for sign in signs):
                return motif
    return ANY_MOTIF


def silhouette_of(category: str) -> str:
    """Return which drawing suits a booth of that category; a stall for one that is not known."""
    return category if category in SILHOUETTES else ANY_SILHOUETTE


def check_stock(stock: int, taken: int) -> None:
    """Raise `Conflict` where an offer would shrink below what was taken."""
    if stock < taken:
        raise Conflict(
            N_("%(taken)s vouchers are taken already; the number cannot be less."), field="stock", taken=taken
        )


def check_offered(*, offered: bool, valid_until: date, today: date) -> None:
    """Raise `NotOffered` where a voucher can no longer be taken."""
    if not offered:
        raise NotOffered(N_("This voucher is not handed out at the moment."))
    check_valid(valid_until, today)


def check_valid(valid_until: date, today: date) -> None:
    """Raise `NotOffered` after the last day of a voucher, which counts wholly."""
    if today > valid_until:
        raise NotOffered(N_("This voucher was valid until %(day)s."), day=valid_until.isoformat())
