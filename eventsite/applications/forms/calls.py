"""Forms of calls for exhibitors and their questions."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.applications.core.calls import CallFacts, CategoryTerms, QuestionFacts
from eventsite.applications.enums import QUESTION_KIND_WORDS, SLOT_WORDS, QuestionKind
from eventsite.market.enums import CATEGORIES
from eventsite.web.forms import EditForm, LinesField, NumberField, choice, code_validators
from eventsite.web.instants import InstantField


class CallForm(EditForm):
    """A call; which categories it is for is added by `call_form`."""

    title_zh = StringField(_l("Title of the call (Chinese)"), [DataRequired(), Length(max=120)])
    title_en = StringField(_l("Title of the call (English)"), [DataRequired(), Length(max=200)])
    rules_zh = TextAreaField(_l("Rules (Chinese)"), [DataRequired(), Length(max=8000)])
    rules_en = TextAreaField(_l("Rules (English)"), [DataRequired(), Length(max=8000)])
    code = StringField(_l("Code"), code_validators(20))
    opens_at = InstantField(_l("Opens"), [InputRequired()])
    closes_at = InstantField(_l("Closes"), [InputRequired()])
    places = IntegerField(_l("Places"), [InputRequired(), NumberRange(1, 100_000)])
    over_percent = IntegerField(
        _l("Applications taken, in percent of the places"),
        [InputRequired(), NumberRange(100, 1000)],
        default=120,
    )
    most_products = IntegerField(_l("Products at most"), [InputRequired(), NumberRange(1, 20)], default=5)
    return_days = IntegerField(_l("Days for a correction"), [InputRequired(), NumberRange(1, 60)], default=3)
    erase_on = DateField(_l("Contacts are erased on"), [InputRequired()])

    names: tuple[str, ...] = ()

    @property
    def facts(self) -> CallFacts:
        """Return what the form says."""
        plain = {name: self[name].data for name in CallFacts.__annotations__ if name != "categories"}
        return CallFacts(**plain, categories=tuple(self._categories()))

    def _categories(self) -> list[CategoryTerms]:
        return [
            CategoryTerms(
                category=name,
                most_kw=self[f"most_kw_{row}"].data or 0,
                needs=tuple(self[f"needs_{row}"].data or ()),
            )
            for row, name in enumerate(self.names)
            if self[f"for_{row}"].data
        ]


class QuestionForm(EditForm):
    """A question of a call."""

    text_zh = StringField(_l("Question (Chinese)"), [DataRequired(), Length(max=200)])
    text_en = StringField(_l("Question (English)"), [DataRequired(), Length(max=300)])
    category = SelectField(_l("Asked of"))
    kind = SelectField(_l("Answered by"))
    options_zh = LinesField(_l("Options (Chinese), one a line"), [Length(max=20)])
    options_en = LinesField(_l("Options (English), one a line"), [Length(max=20)])
    required = BooleanField(_l("Has to be answered"))
    position = IntegerField(_l("Place in the form"), [InputRequired(), NumberRange(0, 999)], default=0)

    def __init__(self, *, names: Mapping[str, str], before: QuestionFacts | None = None, **more: Any) -> None:
        """Offer the call's categories; fill in what was before."""
        shown = {**vars(before), "kind": before.kind.value} if before else None
        super().__init__(data=shown, **more)
        self.category.choices = [
            choice("", _("everybody")),
            *(choice(name, _(words)) for name, words in names.items()),
        ]
        self.kind.choices = [choice(kind.value, _(words)) for kind, words in QUESTION_KIND_WORDS.items()]

    @property
    def facts(self) -> QuestionFacts:
        """Return what the form says."""
        given = {name: self[name].data for name in QuestionFacts.__annotations__ if name != "kind"}
        return QuestionFacts(**given, kind=QuestionKind(self.kind.data))


def call_form(*, before: CallFacts | None = None, **more: Any) -> CallForm:
    """Return the form with a row for each category of the market, and for others that the call has."""
    known = {terms.category: terms for terms in before.categories} if before else {}
    names = (*CATEGORIES, *(name for name in known if name not in CATEGORIES))
    fields: dict[str, Any] = {"names": names}
    for row, name in enumerate(names):
        fields[f"for_{row}"] = BooleanField(_(CATEGORIES.get(name, name)), default=name in known)
        fields[f"most_kw_{row}"] = NumberField(
            _l("kW at most"), [NumberRange(0, 1000)], default=known[name].most_kw if name in known else 3
        )
        fields[f"needs_{row}"] = SelectMultipleField(
            _l("Files needed"),
            choices=[(slot.value, _(words)) for slot, words in SLOT_WORDS.items()],
            default=list(known[name].needs) if name in known else [],
            widget=ListWidget(),
            option_widget=CheckboxInput(),
        )
    form: CallForm = type("CallForm", (CallForm,), fields)(obj=before, **more)
    return form
