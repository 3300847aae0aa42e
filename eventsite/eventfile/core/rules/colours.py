"""Colours that text can be read on."""

from typing import Any

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.paths import Path, show
from eventsite.eventfile.core.sections import Record, records, text_of
from eventsite.kernel.colours import faults_of_theme
from eventsite.kernel.words import N_

SAME_TOKEN = N_("There is another colour with the name “%(found)s”.")


def check_colours(tree: Any, faults: Faults) -> None:
    """Note colours that are none, that cannot be read, or that share a name."""
    seen: set[str] = set()
    for path, color in _theme(tree):
        token, value = text_of(color, "token"), text_of(color, "hex")
        if token is None or value is None:
            continue
        if token in seen:
            faults.add((*path, "token"), SAME_TOKEN, found=show(token))
        seen.add(token)
        _judge({token: value}, {}, (*path, "hex"), faults)
    for path, zone in records(tree, "zones"):
        code, value = text_of(zone, "code"), text_of(zone, "color")
        if value is not None:
            _judge({}, {code or "": value}, (*path, "color"), faults)


def _judge(colors: dict[str, str], zones: dict[str, str], path: Path, faults: Faults) -> None:
    for fault in faults_of_theme(colors, zones):
        params = {name: show(text) for name, text in fault.params.items()}
        faults.add(path, fault.message, **params)


def _theme(tree: Any) -> list[tuple[Path, Record]]:
    found: list[tuple[Path, Record]] = []
    for path, event in records(tree, "event"):
        colors = event.get("theme_colors")
        for index, color in enumerate(colors if isinstance(colors, list) else ()):
            if isinstance(color, dict):
                found.append(((*path, "theme_colors", index), color))
    return found
