"""The applicant's form. It carries no session: its hidden proof says that it came from our page."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import phonenumbers
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import EmailField, TelField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from eventsite.applications.core.facts import Appliance, ApplicationFacts, Product, is_credit_code
from eventsite.applications.enums import QuestionKind, Slot
from eventsite.applications.errors import Incomplete
from eventsite.applications.models import CallCategory, CallQuestion
from eventsite.events.models import Delegation, Zone
from eventsite.kernel.errors import DomainError
from eventsite.web.forms import EditForm, NumberField, choice
from eventsite.web.language import pick, pick_list, say

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^\W_]([\w-]*[^\W_])?\.){1,8}[^\W\d_]{2,60}\Z")
CODES = re.compile(r"[\s,，、;；]+")
NUMBER = re.compile(r"ap-[a-z0-9-]{1,60}\Z")
APPLIANCE_ROWS, SPARE_ROWS = 5, 2
YES, NO = "yes", "no"


class ApplicationForm(EditForm):
    """What an application says; rows of products, appliances and questions are added by `apply_form`.

    Only shapes are refused here: a draft may lack anything, `Incomplete` says what handing in needs.
    """

    class Meta(EditForm.Meta):
        """Visitors have no session to hold a token."""

        csrf = False

    unit_zh = StringField(_l("Name of the unit (Chinese)"), [Length(max=80)])
    unit_en = StringField(_l("Name in English"), [Length(max=120)])
    credit_code = StringField(_l("Unified social credit code"), [Length(max=18)])
    delegation = SelectField(_l("City delegation"))
    contact_post_zh = StringField(_l("Contact (post or name)"), [Length(max=40)])
    phone = TelField(_l("Telephone"), [Length(max=30)])
    email = EmailField(_l("E-mail"), [Length(max=254)])
    zone = SelectField(_l("Zone"))
    wishes = StringField(_l("Booths you would like, in order"), [Length(max=80)])
    near = StringField(_l("Next to (application number)"), [Length(max=60)])
    places = RadioField(_l("Booth"), coerce=int, default=1)
    partner = StringField(_l("Partner in the double booth (application number)"), [Length(max=60)])
    trade = StringField(_l("Line of business"), [Length(max=40)])
    needs_water = BooleanField(_l("We need running water"))
    open_flame = BooleanField(_l("We work with an open flame"))
    food_required = BooleanField(_l("We prepare or sell food"))
    street_occupation = BooleanField(_l("We need space on the street (temporary occupation)"))
    vehicle_passes = IntegerField(_l("Vehicle passes"), [InputRequired(), NumberRange(0, 20)], default=1)
    staff_passes = IntegerField(_l("Staff passes"), [InputRequired(), NumberRange(0, 60)], default=2)
    insured = BooleanField(_l("We have public liability insurance"))
    commitment_signed = BooleanField(_l("We sign this commitment"))
    consented = BooleanField(_l("We agree to this use of our contacts"))

    category: CallCategory
    asked: Sequence[CallQuestion]
    booth_codes: frozenset[str]
    file_errors: dict[str, str]
    product_rows: int
    appliance_rows: int

    @property
    def facts(self) -> ApplicationFacts:
        """Return what the form says."""
        given = {name: "" if value is None else value for name, value in self.data.items()}
        plain = {name: given[name] for name in ApplicationFacts.__annotations__ if name in given}
        read: dict[str, Any] = {
            **plain,
            "credit_code": given["credit_code"].upper(),
            "phone": read_phone(given["phone"]),
            "delegation": given["delegation"] or None,
            "wishes": read_codes(given["wishes"]),
            "near": given["near"].lower(),
            "partner": given["partner"].lower() if given["places"] == 2 else "",
            "food_required": given["food_required"] or Slot.FOOD in self.category.slots,
            "products": tuple(self._products()),
            "appliances": tuple(self._appliances()),
            "answers": self._answers(),
        }
        return ApplicationFacts(**read)

    def lay(self, error: DomainError) -> None:
        """Show everything that is lacking, each thing at its field; files have a place of their own."""
        super().lay(error)
        for lack in error.lacking if isinstance(error, Incomplete) else ():
            if (lack.field or "").startswith("file_"):
                self.file_errors[str(lack.field)] = say(lack)
            else:
                super().lay(lack)
        self.http_status = error.status

    def validate_credit_code(self, field: StringField) -> None:
        """Refuse a code whose check digit is wrong."""
        if field.data and not is_credit_code(field.data.upper()):
            raise ValidationError(_("This is no unified social credit code: 18 signs, the last checks them."))

    def validate_phone(self, field: TelField) -> None:
        """Refuse a number that cannot be one."""
        if field.data and not read_phone(field.data):
            raise ValidationError(_("This is no telephone number: 11 digits, or +country code and number."))

    def validate_email(self, field: EmailField) -> None:
        """Refuse what is no address."""
        if field.data and not ADDRESS.match(field.data):
            raise ValidationError(_("This is no e-mail address."))

    def validate_wishes(self, field: StringField) -> None:
        """Refuse booths that are not on the plan."""
        unknown = [code for code in read_codes(field.data or "") if code not in self.booth_codes]
        if unknown:
            raise ValidationError(_("The plan has no booth %(codes)s.", codes=", ".join(unknown)))

    def validate_near(self, field: StringField) -> None:
        """Refuse what is no number of an application."""
        if field.data and not NUMBER.match(field.data.lower()):
            raise ValidationError(_("An application number looks like ap-7k2m9qxz."))

    validate_partner = validate_near

    def _products(self) -> Iterable[Product]:
        for row in range(self.product_rows):
            name, price = self[f"product_name_{row}"].data, self[f"product_price_{row}"].data
            if name:
                yield Product(name=name, price_fen=None if price is None else round(price * 100))

    def _appliances(self) -> Iterable[Appliance]:
        for row in range(self.appliance_rows):
            name, kw, number = (self[f"appliance_{part}_{row}"].data for part in ("name", "kw", "number"))
            if name or kw:
                yield Appliance(name=name or "", kw=kw or 0, number=number or 1)

    def _answers(self) -> dict[str, str]:
        said = {f"q{question.id}": self[f"q{question.id}"].data for question in self.asked}
        return {key: _answer(value) for key, value in said.items() if value not in (None, "", "None")}


class WithdrawForm(EditForm):
    """Why an application is given up; may stay empty."""

    class Meta(EditForm.Meta):
        """Visitors have no session to hold a token."""

        csrf = False

    reason = StringField(_l("Why (optional)"), [Length(max=200)])


def apply_form(
    category: CallCategory,
    asked: Sequence[CallQuestion],
    *,
    zones: Iterable[Zone],
    delegations: Iterable[Delegation],
    booth_codes: Iterable[str],
    before: ApplicationFacts | None = None,
    **more: Any,
) -> ApplicationForm:
    """Return the form of one category of a call, filled in with what was written before."""
    products = category.call.most_products
    appliances = max(APPLIANCE_ROWS, len(before.appliances) + SPARE_ROWS if before else 0)
    rows = {**_product_fields(products), **_appliance_fields(appliances), **_question_fields(asked)}
    kind: type[ApplicationForm] = type("ApplicationForm", (ApplicationForm,), rows)
    form = kind(data=_shown(before) if before else None, **more)
    form.category, form.asked, form.file_errors = category, asked, {}
    form.booth_codes = frozenset(booth_codes)
    form.product_rows, form.appliance_rows = products, appliances
    form.zone.choices = [
        choice("", _("Choose")),
        *(choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones),
    ]
    form.delegation.choices = [
        choice("", _("None")),
        *(choice(delegation.ref, pick(delegation, "name")) for delegation in delegations),
    ]
    form.places.choices = [(1, _("One booth")), (2, _("A double booth"))]
    return form


def read_codes(text: str) -> tuple[str, ...]:
    """Return the booth codes of a text, each once, in order."""
    return tuple(dict.fromkeys(code.upper() for code in CODES.split(text) if code))


def read_phone(text: str) -> str:
    """Return a telephone number in its one spelling (E.164), empty for what is none."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def said_answer(question: CallQuestion, answer: str) -> str:
    """Return an answer in the reader's language; a choice is kept by its Chinese option."""
    if question.kind is QuestionKind.YES_NO:
        return {YES: _("Yes"), NO: _("No")}.get(answer, answer)
    if question.kind is QuestionKind.CHOICE:
        shown = zip(question.options_zh, pick_list(question, "options"), strict=False)
        return dict(shown).get(answer, answer)
    return answer


def _product_fields(rows: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for row in range(rows):
        fields[f"product_name_{row}"] = StringField(_l("Product %(n)s", n=row + 1), [Length(max=40)])
        fields[f"product_price_{row}"] = NumberField(
            _l("Price (yuan)"), [Optional(), NumberRange(0, 1_000_000)]
        )
    return fields


def _appliance_fields(rows: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for row in range(rows):
        fields[f"appliance_name_{row}"] = StringField(_l("Appliance %(n)s", n=row + 1), [Length(max=40)])
        fields[f"appliance_kw_{row}"] = NumberField(_l("kW each"), [Optional(), NumberRange(0, 1000)])
        fields[f"appliance_number_{row}"] = IntegerField(_l("How many"), [Optional(), NumberRange(1, 99)])
    return fields


def _question_fields(asked: Sequence[CallQuestion]) -> dict[str, Any]:
    return {f"q{question.id}": _question_field(question) for question in asked}


def _question_field(question: CallQuestion) -> Any:
    label = pick(question, "text")
    if question.kind is QuestionKind.LONG:
        return TextAreaField(label, [Length(max=1000)])
    if question.kind is QuestionKind.NUMBER:
        return NumberField(label, [Optional(), NumberRange(-1_000_000_000, 1_000_000_000)])
    if question.kind is QuestionKind.CHOICE:
        shown = zip(question.options_zh, pick_list(question, "options"), strict=False)
        return SelectField(label, choices=[("", _("Choose")), *shown], validate_choice=True)
    if question.kind is QuestionKind.YES_NO:
        return SelectField(label, choices=[("", _("Choose")), (YES, _("Yes")), (NO, _("No"))])
    return StringField(label, [Length(max=200)])


def _answer(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _shown(facts: ApplicationFacts) -> dict[str, Any]:
    shown = {
        **vars(facts),
        "delegation": facts.delegation or "",
        "wishes": " ".join(facts.wishes),
        **facts.answers,
    }
    for row, product in enumerate(facts.products):
        shown[f"product_name_{row}"] = product.name
        shown[f"product_price_{row}"] = None if product.price_fen is None else product.price_fen / 100
    for row, appliance in enumerate(facts.appliances):
        for part in ("name", "kw", "number"):
            shown[f"appliance_{part}_{row}"] = getattr(appliance, part)
    return shown
