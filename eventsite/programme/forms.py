"""Forms of the programme. What needs other rows is for the operation to refuse."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from eventsite.events.models import Delegation, Stage
from eventsite.programme.core.facts import BY_KIND, FIXED, FREE, LONGEST, ItemFacts
from eventsite.programme.enums import KINDS, STATES
from eventsite.programme.models import Troupe
from eventsite.web.forms import AdminForm, EditForm, FactsForm, choice, open_choices
from eventsite.web.language import pick
from eventsite.web.templating import day_words

CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9]\Z"
LANGUAGE = re.compile("[a-z]{2,3}(-[a-z0-9]{2,8})?")


def _clock_validators() -> list[Any]:
    return [Optional(), Regexp(CLOCK, message=_l("Write a time of day such as 09:30."))]


class CodesField(StringField):
    """A few short codes on one line, parted by commas."""

    data: Any

    def _value(self) -> str:
        return ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the codes, each once."""
        codes = (code.strip().lower() for text in valuelist for code in text.replace("，", ",").split(","))
        self.data = tuple(dict.fromkeys(code for code in codes if code))


class ItemForm(FactsForm[ItemFacts]):
    """An item of the draft."""

    shape = ItemFacts
    nullable = ("stage", "troupe", "delegation", "unit")

    title_zh = StringField(_l("Title (Chinese)"), [DataRequired(), Length(max=120)])
    title_en = StringField(_l("Title (English)"), [DataRequired(), Length(max=160)])
    kind = SelectField(_l("Kind"))
    status = SelectField(_l("State"))
    stage = SelectField(_l("Stage"))
    day = SelectField(_l("Date"))
    start = StringField(_l("Start"), _clock_validators())
    end = StringField(_l("End"), _clock_validators())
    minutes = IntegerField(_l("Length while it waits (minutes)"), [Optional(), NumberRange(1, LONGEST)])
    overnight = BooleanField(_l("Ends after midnight"))
    troupe = SelectField(_l("Troupe"))
    delegation = SelectField(_l("Delegation"))
    call_minutes_before = IntegerField(
        _l("Call time (minutes before)"), [InputRequired(), NumberRange(0, 600)], default=20
    )
    setup_minutes = IntegerField(_l("Set-up (minutes)"), [InputRequired(), NumberRange(0, 600)], default=0)
    teardown_minutes = IntegerField(
        _l("Tear-down (minutes)"), [InputRequired(), NumberRange(0, 600)], default=0
    )
    walk_minutes = IntegerField(
        _l("Walk to the next stage (minutes)"), [InputRequired(), NumberRange(0, 240)], default=0
    )
    wireless_mics = IntegerField(
        _l("Wireless microphones"), [InputRequired(), NumberRange(0, 100)], default=0
    )
    audio = StringField(_l("Audio"), [Length(max=120)])
    props_zh = StringField(_l("Props"), [Length(max=200)])
    languages = CodesField(_l("Languages"), [Length(max=8)])
    fixed = SelectField(_l("Fixed point"))
    pinned = BooleanField(_l("A proposal leaves it where it is"))
    unit = StringField(_l("Unit"), [Optional(), Length(max=40)])
    notice_zh = TextAreaField(_l("Note for visitors (Chinese)"), [Length(max=200)])
    notice_en = TextAreaField(_l("Note for visitors (English)"), [Length(max=300)])

    def __init__(
        self,
        *,
        stages: Iterable[Stage],
        days: Iterable[date],
        troupes: Iterable[Troupe],
        delegations: Iterable[Delegation],
        before: ItemFacts | None = None,
        **more: Any,
    ) -> None:
        """Offer the stages that the reader may plan; fill in what was before."""
        super().__init__(before=before, **more)
        self.kind.choices = open_choices(KINDS, before.kind if before else "")
        self.status.choices = open_choices(STATES, before.status if before else "")
        self.stage.choices = [
            choice("", _("Waits for its place")),
            *(choice(stage.code, f"{stage.code} {pick(stage, 'name')}") for stage in stages),
        ]
        self.fixed.choices = [
            choice(BY_KIND, _("By kind: signings and draws are")),
            choice(FIXED, _("Yes: nothing moves it but this form")),
            choice(FREE, _("No")),
        ]
        self.day.choices = [choice(day.isoformat(), day_words(day)) for day in days]
        self.troupe.choices = [
            choice("", _("No troupe")),
            *(choice(troupe.ref, pick(troupe, "name")) for troupe in troupes),
        ]
        self.delegation.choices = [
            choice("", _("No delegation")),
            *(choice(delegation.ref, pick(delegation, "name")) for delegation in delegations),
        ]

    def validate_languages(self, field: CodesField) -> None:
        """Refuse what is no language code."""
        if any(not LANGUAGE.fullmatch(code) for code in field.data or ()):
            raise ValidationError(_("Write codes such as zh, en or yue, parted by commas."))

    @property
    def facts(self) -> ItemFacts:
        """Return the item as the form has it, with hours of two digits."""
        facts = super().facts
        start, end = (clock.zfill(5) if clock else "" for clock in (facts.start, facts.end))
        return replace(facts, start=start, end=end)


class CancelForm(EditForm):
    """Calling an item off."""

    why_zh = StringField(_l("Why, for visitors (Chinese)"), [Optional(), Length(max=200)])
    why_en = StringField(_l("Why, for visitors (English)"), [Optional(), Length(max=300)])


class ReleaseForm(AdminForm):
    """Releasing the draft that the page showed."""

    seen = HiddenField()
    note = StringField(_l("What is new"), [DataRequired(), Length(max=200)])
    reason = StringField(_l("Why the rules that block are passed"), [Optional(), Length(max=300)])
    confirmed = BooleanField(_l("I have read the differences; visitors may see them"), [InputRequired()])
