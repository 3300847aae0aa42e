"""The table to fill in, and the words of its vocabularies in both languages."""

from collections.abc import Mapping

from flask_babel import gettext as _

from eventsite.imports.core.heads import HEADS, NOT_IN_TEMPLATE
from eventsite.programme.enums import BLOCKER, KINDS, SKIPPED, STATES
from eventsite.sheets.columns import Column
from eventsite.sheets.writing import Notes, separated, workbook
from eventsite.web.language import both, language

NEEDED = ("day", "start", "title_zh")


def spoken() -> dict[str, dict[str, str]]:
    """Return what the words of `kind` and `state` mean, in both of the site's languages."""
    return {"kind": _meant(KINDS), "state": _meant(STATES)}


def _meant(words: Mapping[str, str]) -> dict[str, str]:
    return {said: value for value, label in words.items() for said in both(label).values()}


def template_file(title: str, ending: str) -> bytes:
    """Return an empty table to fill in; the workbook explains its columns and offers the known words."""
    made = list(_columns())
    if ending == "csv":
        return separated(made, [])
    notes = Notes(
        title=_("How to fill it in"),
        lines=(
            _("Keep the first row; the order of the columns does not matter."),
            _("One row an item. A row with the guid of an item of the draft changes that item."),
            _("A row without a guid is matched by title and start, or else adds an item."),
            _("Columns that you leave out and cells that you leave empty change nothing."),
        ),
        heads=(_("Column"), _("What to fill in"), _("Known words")),
        required=_("Must be filled in."),
    )
    return workbook(title, made, [], notes=notes)


def _columns() -> list[Column]:
    """Return the columns in the reader's language."""
    notes = {
        "day": _("The date of the start, such as 2025-09-06"),
        "start": _("A time of day such as 09:30"),
        "end": _("A time of day, or a date with it; at or before the start it is on the day after"),
        "length": _("Minutes, instead of the end"),
        "stage": _("The stage's name or code; a new name adds a stage"),
        "title_en": _("Without it the Chinese title serves both languages"),
        "troupe": _("Its name; a new name adds a troupe"),
        "delegation": _("Its name or city"),
        "languages": _("Such as zh, en"),
        "guid": _("Leave it as it is: it tells which item the row is"),
    }
    words = {
        "kind": {value: _(label) for value, label in KINDS.items() if value != BLOCKER},
        "state": {value: _(label) for value, label in STATES.items() if value != SKIPPED},
    }
    return [
        Column(
            name=name,
            title=(chinese if language() == "zh" else english)[0],
            required=name in NEEDED,
            words=words.get(name, {}),
            note=notes.get(name, ""),
        )
        for name, (chinese, english) in HEADS.items()
        if name not in NOT_IN_TEMPLATE
    ]
