"""Colours: the two shades of each, their contrast, and what is wrong with a fair's choice.

The record names a handful of colours and one per zone. Each gets a deep shade (each channel × 0.72) and a
soft tint (9 % of it on the card's paper), so that whoever sets up a fair picks one colour and never three.
Contrast is the relative luminance ratio of WCAG 2.2, success criterion 1.4.3.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eventsite.kernel.words import N_

LEAST = 4.5
DEEP = 0.72
SOFT = 0.09
WHITE = "#ffffff"
PAPER = "#fff7ec"
CARD = "#fffdf9"

_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
TOKEN = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")

Channels = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Shades:
    """A colour with its deep shade and its soft tint, as `#rrggbb`."""

    base: str
    deep: str
    soft: str


@dataclass(frozen=True, kw_only=True)
class ThemeFault:
    """A colour that cannot be read: which, what it is, and why. `message` takes `params`."""

    name: str
    color: str
    message: str
    ratio: float | None = None

    @property
    def params(self) -> dict[str, str]:
        """Return what the placeholders of the message stand for."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return {"name": self.name, "color": self.color, "ratio": ratio, "least": f"{LEAST:.1f}"}

    def __str__(self) -> str:
        return self.message % self.params


NOT_A_COLOUR = N_("%(name)s: %(color)s is not a colour of the form #RRGGBB.")
NOT_A_TOKEN = N_("%(name)s is not a colour name of small letters, digits and hyphens.")
WEAK_ON_WHITE = N_("%(name)s: %(color)s reaches %(ratio)s:1 with white, %(least)s:1 is needed.")
WEAK_ON_PAPER = N_("%(name)s: %(color)s reaches %(ratio)s:1 with the page ground, %(least)s:1 is needed.")
WEAK_ON_SOFT = N_("%(name)s: %(color)s reaches %(ratio)s:1 with its own soft tint, %(least)s:1 is needed.")
WEAK_DEEP = N_(
    "%(name)s: the deep shade of %(color)s reaches %(ratio)s:1 with its tint, %(least)s:1 is needed."
)


def shades(color: str) -> Shades:
    """Return the three shades of `#rrggbb`; raise `ValueError` for anything else."""
    base = _channels(color)
    card = _channels(CARD)
    deep = [channel * DEEP for channel in base]
    soft = [channel * SOFT + ground * (1 - SOFT) for channel, ground in zip(base, card, strict=True)]
    return Shades(base=_hex(base), deep=_hex(deep), soft=_hex(soft))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, the same in either order."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def faults_of_theme(colors: Mapping[str, str], zones: Mapping[str, str]) -> list[ThemeFault]:
    """Return every colour that text could not be read on. `colors` goes by token, `zones` by zone code."""
    faults: list[ThemeFault] = []
    for token, color in colors.items():
        if TOKEN.match(token) is None:
            faults.append(ThemeFault(name=token, color=color, message=NOT_A_TOKEN))
        faults.extend(_faults_of_color(token, color))
    for code, color in zones.items():
        faults.extend(_faults_of_color(code, color))
    return faults


def _faults_of_color(name: str, color: str) -> list[ThemeFault]:
    if _HEX.match(color) is None:
        return [ThemeFault(name=name, color=color, message=NOT_A_COLOUR)]
    shade = shades(color)
    pairs = (
        (WEAK_ON_WHITE, shade.base, WHITE),
        (WEAK_ON_PAPER, shade.base, PAPER),
        (WEAK_ON_SOFT, shade.base, shade.soft),
        (WEAK_DEEP, shade.deep, shade.soft),
    )
    measured = [(message, contrast(one, other)) for message, one, other in pairs]
    return [
        ThemeFault(name=name, color=shade.base, message=message, ratio=ratio)
        for message, ratio in measured
        if ratio < LEAST
    ]


def _channels(color: str) -> Channels:
    if _HEX.match(color) is None:
        raise ValueError(f"{color!r} is no colour of the form #rrggbb")
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
