"""Booths as plain values: what a booth is, where it may stand, in what order, and how the plan is drawn."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_

LINE = 1.3  # of the size of the type
PIECE = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff-]*-|[^\s\u2e80-\uffff-]+\s*")
Lines = tuple[int, float, list[str]]  # how many, how uneven, and the words of each
WHOLE_WORDS = (
    "展示位 体验位 派送点 发放点 问询点 教学点 兑换处 兑奖台 候场区 打卡墙 节目单 服务台 咨询 "
    "民俗 民间 艺术 文旅 花车 文创 毛巾 洗浴 门票 温泉 康养 海滨 推介 品鉴 非遗 美食 特产 老字号 "
    "冰点 雪糕 鸡架 熏鸡 大米 饭团 小米粥 海味 南果梨 榛子 糖人 剪纸 皮影 玉雕 玛瑙 贝雕 木偶 手绢 大花布 "
    "东北话 大挑战 集章 抽奖 演员 签到 沟帮子 中街 岫岩 满族"
)
"""Words of booths' names, places among them, that the plan does not break; the fair's cities come with it."""


@dataclass(frozen=True, kw_only=True)
class BoothFacts:
    """What a team says of a booth; `zone` is a zone's code, `delegation` its holder's id in the file."""

    code: str
    zone: str
    delegation: str | None
    name_zh: str
    name_en: str
    category: str
    kind: str
    size_m: str
    power_kw: float
    appliances_zh: tuple[str, ...]
    needs_water: bool
    open_flame: bool
    food_permit_required: bool
    staff_passes: int
    vehicle_passes: int
    status: str
    map_x: float
    map_y: float
    map_w: float
    map_h: float
    note_zh: str | None

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)


def check_place(facts: BoothFacts, zone: Box, neighbours: Mapping[str, Box]) -> None:
    """Raise `Conflict` unless the booth stands in its zone and on no neighbour's ground (boxes by code)."""
    if not zone.contains(facts.box):
        raise Conflict(
            N_(
                "Booth %(code)s would reach out of zone %(zone)s: the zone spans %(left)g to %(right)g "
                "across and %(top)g to %(bottom)g down."
            ),
            field="map_x",
            code=facts.code,
            zone=facts.zone,
            left=zone.x,
            right=zone.right,
            top=zone.y,
            bottom=zone.bottom,
        )
    for code, box in neighbours.items():
        if facts.box.overlaps(box):
            raise Conflict(
                N_("Booth %(code)s would stand on the ground of booth %(other)s."),
                field="map_x",
                code=facts.code,
                other=code,
            )


def is_moved(before: BoothFacts, after: BoothFacts) -> bool:
    """Tell whether the booth changes its ground."""
    return (before.zone, before.box) != (after.zone, after.box)


def natural_key(code: str) -> tuple[str | int, ...]:
    """Return the key that sorts codes as people count: A-2 before A-10."""
    return tuple(
        int(part) if index % 2 else part for index, part in enumerate(re.split(r"([0-9]+)", code.casefold()))
    )


def total_power(loads: Iterable[float]) -> float:
    """Return the sum of loads in kW, free of the tails of binary fractions."""
    return round(fsum(loads), 2)


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words fitted into a box on the plan: the lines with their baselines, and the size of the type."""

    size: float
    lines: tuple[tuple[float, str], ...]


def fit_label(text: str, box: Box, sizes: Sequence[float], whole: Iterable[str] = ()) -> Label | None:
    """Set the words in the middle of the box, in the first size in which they fit; `None` if none does.

    Smaller type is better than a break within one of the `whole` words, and that is better than no label.
    """
    for piece in (_piece(whole), PIECE):
        label = _fit(piece.findall(text), box, sizes)
        if label:
            return label
    return None


def _fit(pieces: Sequence[str], box: Box, sizes: Sequence[float]) -> Label | None:
    for size in sizes:
        lines = _wrap(pieces, box.w / size)
        if lines and len(lines) * LINE * size <= box.h:
            first = box.center[1] - (len(lines) / 2 - 0.8) * LINE * size
            placed = ((round(first + i * LINE * size, 1), line) for i, line in enumerate(lines))
            return Label(size=size, lines=tuple(placed))
    return None


def head_height(zone: Box, booths: Iterable[Box], *, least: float, most: float) -> float:
    """Return how high the name bar of a zone may be without covering its booths, within the two bounds."""
    free = min((booth.y for booth in booths), default=zone.y + most) - zone.y
    return min(max(free, least), most)


def _piece(whole: Iterable[str]) -> re.Pattern[str]:
    """Return what splits a text where it may break, with the longest whole words in one piece."""
    words = sorted((re.escape(word) for word in whole if word), key=len, reverse=True)
    return re.compile("|".join([*words, PIECE.pattern]))


def _wrap(pieces: Sequence[str], width: float) -> list[str]:
    """Set pieces into the fewest lines of `width` ems, as even as they can be; [] if a piece is wider.

    Chinese breaks between any two signs, other words at blanks and hyphens. Of equal ways the one with the
    short lines first: most names begin with a city of two signs.
    """
    best: list[Lines | None] = [(0, 0.0, [])]
    for end in range(1, len(pieces) + 1):
        ways: list[Lines] = []
        for start, before in enumerate(best):
            line = "".join(pieces[start:end]).strip()
            ems = _ems(line)
            if before and ems <= width:
                ways.append((before[0] + 1, before[1] + ems**2, [*before[2], line]))
        best.append(min(ways, key=lambda way: way[:2], default=None))
    return best[-1][2] if best[-1] else []


def _ems(text: str) -> float:
    return fsum(1 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text)
