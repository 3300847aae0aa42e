"""A spreadsheet before it is taken: its form, and what each of its rows would do, in words.

The file waits in the store under its hash; the address of the dry run is a token of event and hash, so that
what is taken is what was checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import DataRequired

from eventsite.kernel.dryrun import DryRun, Move, Step
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.sheets.columns import Column
from eventsite.sheets.reading import Sheet
from eventsite.sheets.writing import Notes, separated, shown, workbook
from eventsite.web.forms import AdminForm
from eventsite.web.language import say_value
from eventsite.web.passes import keyring

MOST_SHOWN = 200  # of faults, and of changes: nobody reads more on a page
NUMBER = 8  # bytes of an event's id


class SheetForm(AdminForm):
    """A spreadsheet to check."""

    sheet = FileField(_l("Spreadsheet"), [FileRequired(message=_l("Choose a file first."))])


class TakeForm(AdminForm):
    """Take the sheet as it was shown."""

    seen = HiddenField(validators=[DataRequired()])


@dataclass(frozen=True, kw_only=True)
class ShownFault:
    """What is wrong, where the spreadsheet has it."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ShownStep:
    """What a row would do: triples of a field's head, its old and its new value."""

    row: int
    key: str
    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ShownRun:
    """A dry run as its page shows it; lists are cut, counts are not."""

    faults: tuple[ShownFault, ...]
    fault_count: int
    unknown: tuple[str, ...]
    new: tuple[ShownStep, ...]
    changed: tuple[ShownStep, ...]
    new_count: int
    changed_count: int
    same_count: int
    seen: str

    @property
    def may_take(self) -> bool:
        """Tell whether there is something to take and nothing in the way."""
        return not self.fault_count and self.new_count + self.changed_count > 0


Said = Callable[[Column, Any], str]


def show_run(sheet: Sheet, run: DryRun, columns: Sequence[Column], *, said: Said, name: str) -> ShownRun:
    """Put a dry run into words; `said` gives a value of a column, `name` is the field of a thing's name."""
    by_name = {column.name: column for column in columns}
    faults = [
        *(
            ShownFault(row=one.row, column=one.column, sentence=_(one.message, **one.params))
            for one in sheet.faults
        ),
        *(
            ShownFault(
                row=one.row,
                column=by_name[one.name].title if one.name in by_name else "",
                sentence=_(one.message, **one.params),
            )
            for one in run.faults
        ),
    ]
    steps = {move: [step for step in run.steps if step.move is move] for move in Move}

    def told(step: Step) -> ShownStep:
        pairs = (
            (by_name[field], step.old.get(field), new) for field, new in step.new.items() if field in by_name
        )
        return ShownStep(
            row=step.row,
            key=step.key,
            name=str(step.new.get(name, "")),
            changes=tuple((column.title, said(column, old), said(column, new)) for column, old, new in pairs),
        )

    return ShownRun(
        faults=tuple(sorted(faults, key=lambda fault: fault.row)[:MOST_SHOWN]),
        fault_count=len(faults),
        unknown=sheet.unknown,
        new=tuple(told(step) for step in steps[Move.NEW][:MOST_SHOWN]),
        changed=tuple(told(step) for step in steps[Move.CHANGED][:MOST_SHOWN]),
        new_count=len(steps[Move.NEW]),
        changed_count=len(steps[Move.CHANGED]),
        same_count=len(steps[Move.SAME]),
        seen=run.seen,
    )


def plain_words(column: Column, value: Any) -> str:
    """Return a value as its cell would have it."""
    return say_value(shown(column, value))


def sheet_token(event_id: int, sha256: str) -> str:
    """Return the token of a file that waits to be taken into an event."""
    return seal(keyring(), Purpose.SHEET, event_id.to_bytes(NUMBER, "big") + bytes.fromhex(sha256))


def read_sheet_token(event_id: int, token: str) -> str:
    """Return the hash of the file that waits; raises `NotFound` for a token of another event or of nobody."""
    body = unseal(keyring(), Purpose.SHEET, token)
    if body is None or int.from_bytes(body[:NUMBER], "big") != event_id:
        raise NotFound(N_("There is no such page."))
    return body[NUMBER:].hex()


def template_file(title: str, columns: Sequence[Column], ending: str) -> bytes:
    """Return an empty table to fill in; the workbook explains its columns and offers the known words."""
    if ending == "csv":
        return separated(columns, [])
    return workbook(title, columns, [], notes=_notes())


def _notes() -> Notes:
    return Notes(
        title=_("How to fill it in"),
        lines=(
            _("Keep the first row; the order of the columns does not matter."),
            _("A row whose key is known changes that record; another key adds one. Nothing is removed."),
            _("Columns that you leave out stay as they are."),
        ),
        heads=(_("Column"), _("What to fill in"), _("Known words")),
        required=_("Must be filled in."),
    )
