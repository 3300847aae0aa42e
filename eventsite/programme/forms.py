"""Forms of the programme. What needs other rows is for the operation to refuse."""

import re
from collections.abc import Iterable, Mapping
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
from eventsite.programme.core.plans import PlanFacts
from eventsite.programme.core.resources import ResourceFacts, WindowFacts
from eventsite.programme.enums import (
    KINDS,
    RESOURCE_WORDS,
    RULE_WORDS,
    SEVERITY_WORDS,
    STATES,
    ClashRule,
    Severity,
)
from eventsite.programme.models import ProgrammeItem, Resource, Troupe
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
    unit = StringField(_l("Unit of parts"), [Optional(), Length(max=40)])
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


class ResourceForm(FactsForm[ResourceFacts]):
    """A person, a prop or a set of microphones that items share."""

    shape = ResourceFacts

    kind = SelectField(_l("Kind"))
    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=80)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=120)])
    quantity = IntegerField(_l("How many there are"), [InputRequired(), NumberRange(1, 1000)], default=1)

    def __init__(self, **more: Any) -> None:
        """Offer the kinds."""
        super().__init__(**more)
        self.kind.choices = [choice(kind.value, _(words)) for kind, words in RESOURCE_WORDS.items()]


class UsesForm(EditForm):
    """How many of each shared thing an item uses; `uses_form` gives it its fields."""

    @property
    def amounts(self) -> dict[int, int]:
        """Return the amounts by the id of the thing."""
        named = (
            (name.removeprefix("use_"), value) for name, value in self.data.items() if name[:4] == "use_"
        )
        return {int(key): value or 0 for key, value in named}

    @property
    def uses(self) -> list[Any]:
        """Return the fields of the amounts, in order."""
        return [field for name, field in self._fields.items() if name[:4] == "use_"]


def uses_form(resources: Iterable[Resource], **more: Any) -> UsesForm:
    """Return a form with a number for each shared thing of the event."""
    fields = {
        f"use_{resource.id}": IntegerField(
            pick(resource, "name"), [Optional(), NumberRange(0, resource.quantity)]
        )
        for resource in resources
    }
    form: UsesForm = type("UsesForm", (UsesForm,), fields)(**more)
    return form


class WindowForm(FactsForm[WindowFacts]):
    """A time in which a troupe can perform."""

    shape = WindowFacts

    day = SelectField(_l("Date"))
    start = StringField(
        _l("From"), [InputRequired(), Regexp(CLOCK, message=_l("Write a time of day such as 09:30."))]
    )
    end = StringField(
        _l("To"), [InputRequired(), Regexp(CLOCK, message=_l("Write a time of day such as 09:30."))]
    )
    overnight = BooleanField(_l("Ends after midnight"))

    def __init__(self, *, days: Iterable[date], **more: Any) -> None:
        """Offer the days of the fair."""
        super().__init__(**more)
        self.day.choices = [choice(day.isoformat(), day_words(day)) for day in days]

    @property
    def facts(self) -> WindowFacts:
        """Return the time with hours of two digits."""
        facts = super().facts
        return replace(facts, start=facts.start.zfill(5), end=facts.end.zfill(5))


class JoinForm(EditForm):
    """The other part of a unit."""

    other = SelectField(_l("The other part"), coerce=int)

    def __init__(self, *, offered: Iterable[ProgrammeItem] = (), **more: Any) -> None:
        """Offer the items that are in no unit."""
        super().__init__(**more)
        self.other.choices = [choice(one.id, pick(one, "title")) for one in offered]  # type: ignore[arg-type]


class PresentationForm(EditForm):
    """A city's presentation behind its act; its names are its own, for it stands on the page of the act."""

    title_zh = StringField(_l("Title (Chinese)"), [DataRequired(), Length(max=120)])
    title_en = StringField(_l("Title (English)"), [DataRequired(), Length(max=160)])
    minutes = IntegerField(_l("Length (minutes)"), [InputRequired(), NumberRange(1, LONGEST)], default=10)

    def __init__(self, **more: Any) -> None:
        """Keep its fields apart from those of the act."""
        super().__init__(prefix="presentation", **more)


class PlanForm(FactsForm[PlanFacts]):
    """The words of a plan that stands ready beside the draft."""

    shape = PlanFacts

    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=60)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=80)])
    why_zh = StringField(_l("What visitors read when it is switched on (Chinese)"), [Length(max=200)])
    why_en = StringField(_l("What visitors read when it is switched on (English)"), [Length(max=300)])


class RulesForm(AdminForm):
    """How grave each rule is; `rules_form` gives it its fields."""

    @property
    def severities(self) -> dict[ClashRule, Severity]:
        """Return how grave each rule is to be."""
        return {rule: Severity(self.data[rule.value]) for rule in ClashRule}


def rules_form(before: Mapping[ClashRule, Severity]) -> RulesForm:
    """Return a form with a choice for each rule, filled in with what holds now."""
    options = [choice(severity.value, _(words)) for severity, words in SEVERITY_WORDS.items()]
    fields = {rule.value: SelectField(_(RULE_WORDS[rule]), choices=options) for rule in ClashRule}
    now = {rule.value: severity.value for rule, severity in before.items()}
    form: RulesForm = type("RulesForm", (RulesForm,), fields)(data=now)
    return form
