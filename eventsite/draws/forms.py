"""Forms of the draw console. What needs the draw's state is for the operation to refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.draws.core.terms import REQUIRED, PrizePlan, Terms, TermsFault
from eventsite.draws.enums import WITNESS_WORDS, WeightPer, WitnessKind
from eventsite.draws.models import Award
from eventsite.events.models import Organization
from eventsite.kernel.errors import DomainError
from eventsite.kernel.fairdraw.rules import HIGHEST_WEIGHT
from eventsite.web.forms import AdminForm, EditForm, choice, labels_of
from eventsite.web.instants import InstantField
from eventsite.web.language import pick

TEXTS = (
    "title", "who", "how", "method", "claim_place", "claim_method", "forfeiture", "organizer", "contact",
)  # fmt: skip
NUMBERS = ("max_weight", "keep_years", "stamps_required")


class TermsForm(EditForm):
    """The rules of a draw while they are written; a field may stay empty until they are published."""

    title = StringField(_l("Name of the draw"), [Optional(), Length(max=80)])
    who = TextAreaField(_l("Who may take part"), [Optional(), Length(max=500)])
    how = TextAreaField(_l("How one takes part"), [Optional(), Length(max=500)])
    draw_at = InstantField(_l("Time of the draw"), [Optional()])
    method = TextAreaField(_l("How winners are drawn"), [Optional(), Length(max=500)])
    claim_place = StringField(_l("Where prizes are claimed"), [Optional(), Length(max=120)])
    claim_until = InstantField(_l("Until when prizes are claimed"), [Optional()])
    claim_method = TextAreaField(_l("How prizes are claimed"), [Optional(), Length(max=500)])
    forfeiture = TextAreaField(_l("Prizes that are not claimed"), [Optional(), Length(max=500)])
    organizer = StringField(_l("Organized by"), [Optional(), Length(max=200)])
    contact = StringField(_l("Contact"), [Optional(), Length(max=200)])
    stamps_required = IntegerField(_l("Stamps for one entry"), [InputRequired(), NumberRange(1, 100)])
    weight_per = SelectField(_l("Weight of an entry"))
    max_weight = IntegerField(_l("Highest weight"), [InputRequired(), NumberRange(1, HIGHEST_WEIGHT)])
    keep_years = IntegerField(_l("Years the record is kept"), [InputRequired(), NumberRange(2, 30)])

    def __init__(self, *, terms: Terms, **more: Any) -> None:
        """Fill in the terms as they are."""
        super().__init__(data=_shown(terms), **more)
        for name in REQUIRED:
            if name in self:
                self[name].flags.required = True  # to publish, not to save
        self._terms = terms
        self.weight_per.choices = [
            choice(WeightPer.PERSON.value, _("everybody the same")),
            choice(WeightPer.STAMP.value, _("one for each stamp, up to the highest weight")),
        ]

    @property
    def prize_fields(self) -> list[tuple[PrizePlan, IntegerField]]:
        """Return the prizes with the fields of their counts."""
        return [(prize, self[f"count_{place}"]) for place, prize in enumerate(self._terms.prizes)]

    @property
    def terms(self) -> Terms:
        """Return the terms as the form has them."""
        prizes = tuple(replace(prize, count=field.data or 0) for prize, field in self.prize_fields)
        plain: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        plain |= {name: self[name].data for name in NUMBERS}
        return Terms(
            **plain,
            draw_at=self.draw_at.data,
            claim_until=self.claim_until.data,
            weight_per=WeightPer(self.weight_per.data),
            prizes=prizes,
        )

    def lay(self, error: DomainError) -> None:
        """Show what is missing at each of its fields."""
        for name in error.missing if isinstance(error, TermsFault) else ():
            if name in self:
                self[name].errors = [*self[name].errors, _("The law asks for this to be public.")]
        super().lay(error)


def terms_form(*, terms: Terms, **more: Any) -> TermsForm:
    """Return the form with one count for each prize of the draw."""
    counts = {
        f"count_{place}": IntegerField(prize.level, [InputRequired(), NumberRange(0, 100_000)])
        for place, prize in enumerate(terms.prizes)
    }
    made: TermsForm = type("TermsForm", (TermsForm,), counts)(terms=terms, **more)
    return made


class PublishForm(AdminForm):
    """The button that publishes the rules; a refusal names what is missing in the reader's language."""

    def lay(self, error: DomainError) -> None:
        """Show the refusal on top."""
        if isinstance(error, TermsFault) and error.missing:
            words = _(", ").join(_(REQUIRED[name]) for name in error.missing)
            error = TermsFault(error.message, missing=error.missing, fields=words)
        super().lay(error)


class WitnessForm(AdminForm):
    """A witness of the draw."""

    kind = SelectField(_l("Kind"))
    organization = SelectField(_l("Organization"))
    name = StringField(_l("Name, if it is none of these"), [Optional(), Length(max=120)])

    def __init__(self, *, organizations: Iterable[Organization], **more: Any) -> None:
        """Offer the event's organizations."""
        super().__init__(**more)
        self.kind.choices = [choice(kind.value, _(words)) for kind, words in _kinds()]
        self.organization.choices = [
            choice("", _("none of these")),
            *(choice(one.ref, pick(one, "name")) for one in organizations),
        ]


class CommitForm(AdminForm):
    """The hash that a witness hands over before the freeze."""

    commitment = StringField(_l("Fingerprint (SHA-256)"), [DataRequired(), Length(max=80)])


class RevealForm(AdminForm):
    """The number that a witness reveals."""

    nonce = StringField(_l("Number revealed"), [DataRequired(), Length(max=200)])


class PostponeForm(AdminForm):
    """Until when the draw waits for a witness."""

    to = InstantField(_l("Wait until"), [InputRequired()])


class DigitsForm(AdminForm):
    """The digits made on stage, one text in the order they fell."""

    digits = StringField(_l("Digits, in the order they fell"), [DataRequired(), Length(max=200)])


class CorrectionForm(DigitsForm):
    """The digits as they really fell, and what was wrong."""

    reason = StringField(_l("What was wrong"), [DataRequired(), Length(max=200)])


class AbsentForm(AdminForm):
    """The winners who were called and did not come."""

    slots = SelectMultipleField(
        _l("Winners who did not come"), widget=ListWidget(), option_widget=CheckboxInput()
    )
    reason = StringField(_l("How they were called"), [DataRequired(), Length(max=200)])

    def __init__(self, *, awards: Sequence[Award], labels: Sequence[str], **more: Any) -> None:
        """Offer the prizes that wait to be claimed."""
        super().__init__(**more)
        self.slots.choices = [choice(award.slot, label) for award, label in zip(awards, labels, strict=True)]

    def validate_slots(self, field: SelectMultipleField) -> None:
        """Ask for at least one."""
        if not field.data:
            raise ValidationError(_("Choose at least one winner who did not come."))


class VoidForm(AdminForm):
    """Why the draw is to be void."""

    reason = StringField(_l("Why the draw is void"), [DataRequired(), Length(max=200)])


def _shown(terms: Terms) -> dict[str, Any]:
    shown = {name: getattr(terms, name) for name in (*TEXTS, *NUMBERS, "draw_at", "claim_until")}
    counts = {f"count_{place}": prize.count for place, prize in enumerate(terms.prizes)}
    return shown | counts | {"weight_per": terms.weight_per.value}


def _kinds() -> Iterable[tuple[WitnessKind, str]]:
    return WITNESS_WORDS.items()


def history_labels() -> dict[str, str]:
    """Return the names of what the history of a draw tells."""
    return {
        **labels_of(TermsForm),
        "status": _("State"),
        "digits": _("Digits"),
        "witness": _("Witness"),
        "name": _("Name"),
        "kind": _("Kind"),
        "commitment": _("Fingerprint"),
        "nonce": _("Number revealed"),
        "postponed_to": _("Postponed to"),
        "prizes": _("Prizes"),
    }
