"""Words fitted into boxes: how the plan is written."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from eventsite.kernel.boxes import Box

LINE = 1.3  # of the size of the type
LATIN = 0.6  # of it is how wide a letter of usual weight may be, in the widest of the fonts
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
    return fsum(1 if unicodedata.east_asian_width(sign) in "WF" else LATIN for sign in text)
