"""The base of all forms: CSRF by Flask-WTF, blanks trimmed, and errors of operations laid on fields."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from flask import flash
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FloatField, Form, HiddenField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import HiddenInput, ListWidget

from eventsite.kernel.boxes import METRE
from eventsite.kernel.errors import DomainError, NotAllowed, NotFound, StaleEdit
from eventsite.web.language import say

Facts = TypeVar("Facts")

CODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"  # as zones, booths and stages have them in addresses
VERSION = re.compile("[0-9]{1,18}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class AdminForm(FlaskForm):
    """A form of the team's pages."""

    form_errors: list[str]
    stale: StaleEdit | None = None
    http_status = 200
    answer: Any = None
    """What the act of `saves` returned."""

    class Meta:
        """Trim what people type, everywhere."""

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the trimming filter to every text field."""
            filters = list(unbound_field.kwargs.get("filters", []))
            if trim not in filters:
                filters.append(trim)
            return unbound_field.bind(form=form, filters=filters, **options)

    def saves(self, act: Callable[[], object]) -> bool:
        """Do the act with what was sent and tell whether it is done.

        False where the form was not sent, does not fit its shape, or its act was refused: show the page again
        with the form's `http_status`; the refusal is laid on the form. 403 and 404 stay pages of their own.
        """
        if not self.is_submitted():
            return False
        if not self.validate():
            self.http_status = DomainError.status
            self._focus()
            return False
        try:
            self.answer = act()
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            self.lay(refusal)
            self._focus()
            return False
        return True

    def _focus(self) -> None:
        """Let the page that comes back begin at the first field that was refused."""
        seen = (field for field in self if not isinstance(field.widget, HiddenInput | ListWidget))
        first = next((field for field in seen if field.errors), None)
        if first is not None:
            first.render_kw = {**(first.render_kw or {}), "autofocus": True}

    def presses(self, act: Callable[[], object], done: str = "") -> None:
        """Do what a form without a page of its own asks for, and say how it went on the next page."""
        if self.saves(act):
            if done:
                flash(done, "ok")
            return
        for sentences in (self.form_errors, *(field.errors for field in self)):
            for sentence in sentences:
                flash(sentence, "bad")

    def lay(self, error: DomainError) -> None:
        """Show an operation's refusal at its field, or on top of the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, say(error)]
        else:
            field.errors = [*field.errors, say(error)]
        self.stale = error if isinstance(error, StaleEdit) else None
        self.http_status = error.status


class EditForm(AdminForm):
    """A form that changes a row: it carries the version that was read."""

    version = HiddenField()

    @property
    def read_at(self) -> int:
        """Return the version that the form was filled from."""
        return int(self.version.data or 0)

    def lay(self, error: DomainError) -> None:
        """Show the refusal; after a stale save the form holds the newer version: saving again is meant."""
        super().lay(error)
        if isinstance(error, StaleEdit) and "version" in error.params:
            self.version.data = str(error.params["version"])

    def validate_version(self, field: HiddenField) -> None:
        """Refuse a version that is no number."""
        if field.data and not VERSION.fullmatch(str(field.data)):
            raise ValidationError(gettext("Open the page again and repeat the change."))


class FactsForm(EditForm, Generic[Facts]):
    """A form of a row's facts, filled in with those before; without them it makes a new row."""

    shape: type[Facts]
    """The dataclass of the facts; fields of the form are named as its fields are."""
    nullable: tuple[str, ...] = ()
    """The facts that are None, not empty, where nothing is said."""

    def __init__(self, *, before: Facts | None = None, **more: Any) -> None:
        """Fill in what was before."""
        super().__init__(obj=before, **more)
        self._before = before

    @property
    def facts(self) -> Facts:
        """Return the facts as the form has them; what the form does not hold stays as it was."""
        given = {name: value for name, value in self.data.items() if name in self.shape.__annotations__}
        facts = {**(vars(self._before) if self._before else {}), **given}
        return self.shape(**{**facts, **{name: facts[name] or None for name in self.nullable}})


class NumberField(FloatField):
    """A number that may have a fraction; a whole one is shown whole."""

    def _value(self) -> str:
        return str(super()._value()).removesuffix(".0")  # type: ignore[misc]


class MetresField(NumberField):
    """A length on the plan: people see metres, the data are the plan's units."""

    def _value(self) -> str:
        if self.raw_data or self.data is None:
            return super()._value()
        return str(round(self.data / METRE, 4)).removesuffix(".0")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read metres."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = round(self.data * METRE, 2)


class LinesField(TextAreaField):
    """A list of words, one a line."""

    data: Any

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the lines, blank ones left out."""
        lines = (trim(line) for text in valuelist for line in text.splitlines())
        self.data = tuple(line for line in lines if line)


def code_validators(length: int) -> list[Any]:
    """Return what a code has to fit: it stands in addresses and on signs."""
    words = lazy_gettext("Letters, digits, dot, hyphen and underscore; a letter or digit first.")
    return [InputRequired(), Length(max=length), Regexp(rf"{CODE}\Z", message=words)]


def labels_of(form: type[Form]) -> dict[str, str]:
    """Return the labels of a form's own fields by name, for its object's history."""
    fields = {name: field for name, field in vars(form).items() if isinstance(field, UnboundField)}
    return {name: str(field.args[0]) for name, field in fields.items()}


def choice(value: str, label: str) -> Any:
    """Return a choice of a select field."""
    return SelectChoice(value, label)


def open_choices(words: Mapping[str, str], present: str = "") -> list[Any]:
    """Return the known words of an open vocabulary as choices, with the present one if it is another."""
    known = {**words, present: present} if present and present not in words else words
    return [choice(value, gettext(label)) for value, label in known.items()]


def trim(value: Any) -> Any:
    """Take blanks off both ends, and control and direction-changing characters out."""
    return CONTROL.sub("", value).strip() if isinstance(value, str) else value
