"""Forms of what booths and cities show."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from eventsite.events.models import Organization
from eventsite.showcase.core import InheritorFacts, PhotoFacts, ProductFacts, RouteFacts, VoucherFacts
from eventsite.showcase.enums import RANK_WORDS, SEASON_WORDS
from eventsite.web.forms import AdminForm, FactsForm, LinesField, NumberField, choice
from eventsite.web.language import pick

ORDER = [InputRequired(), NumberRange(0, 9999)]


class ProductForm(FactsForm[ProductFacts]):
    """A product of a booth."""

    shape = ProductFacts
    nullable = ("price_yuan",)

    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=80)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=120)])
    note_zh = StringField(_l("In a sentence (Chinese)"), [Length(max=200)])
    note_en = StringField(_l("In a sentence (English)"), [Length(max=300)])
    price_yuan = NumberField(_l("Price (yuan)"), [Optional(), NumberRange(0, 1_000_000)])
    unit_zh = StringField(_l("Unit (Chinese)"), [Length(max=20)])
    unit_en = StringField(_l("Unit (English)"), [Length(max=30)])
    position = IntegerField(_l("Place in the list"), ORDER, default=0)


class InheritorForm(FactsForm[InheritorFacts]):
    """A heritage holder at a booth."""

    shape = InheritorFacts

    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=40)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=80)])
    craft_zh = StringField(_l("Craft (Chinese)"), [DataRequired(), Length(max=80)])
    craft_en = StringField(_l("Craft (English)"), [DataRequired(), Length(max=120)])
    rank = SelectField(_l("Heritage list"))
    story_zh = TextAreaField(_l("Story (Chinese)"), [Length(max=1000)])
    story_en = TextAreaField(_l("Story (English)"), [Length(max=2000)])
    position = IntegerField(_l("Place in the list"), ORDER, default=0)

    def __init__(self, **more: Any) -> None:
        """Offer the known lists."""
        super().__init__(**more)
        self.rank.choices = [choice(value, _(label)) for value, label in RANK_WORDS.items()]


class RouteForm(FactsForm[RouteFacts]):
    """A way to travel through a city."""

    shape = RouteFacts

    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=80)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=120)])
    season = SelectField(_l("Best season"))
    days = IntegerField(_l("How many days"), [InputRequired(), NumberRange(1, 30)], default=1)
    stops_zh = LinesField(_l("Stops, one a line (Chinese)"), [DataRequired(), Length(max=40)])
    stops_en = LinesField(_l("Stops, one a line (English)"), [DataRequired(), Length(max=40)])
    text_zh = TextAreaField(_l("In short (Chinese)"), [Length(max=600)])
    text_en = TextAreaField(_l("In short (English)"), [Length(max=1200)])
    position = IntegerField(_l("Place in the list"), ORDER, default=0)

    def __init__(self, **more: Any) -> None:
        """Offer the seasons."""
        super().__init__(**more)
        self.season.choices = [choice(value, _(label)) for value, label in SEASON_WORDS.items()]


class VoucherForm(FactsForm[VoucherFacts]):
    """An offer to use in a city later."""

    shape = VoucherFacts
    nullable = ("organization",)

    title_zh = StringField(_l("What it gives (Chinese)"), [DataRequired(), Length(max=80)])
    title_en = StringField(_l("What it gives (English)"), [DataRequired(), Length(max=120)])
    partner_zh = StringField(_l("Who takes it (Chinese)"), [DataRequired(), Length(max=80)])
    partner_en = StringField(_l("Who takes it (English)"), [DataRequired(), Length(max=120)])
    organization = SelectField(_l("Partner with an account"))
    place_zh = StringField(_l("Where (Chinese)"), [DataRequired(), Length(max=120)])
    place_en = StringField(_l("Where (English)"), [DataRequired(), Length(max=160)])
    terms_zh = TextAreaField(_l("Terms (Chinese)"), [DataRequired(), Length(max=600)])
    terms_en = TextAreaField(_l("Terms (English)"), [DataRequired(), Length(max=1200)])
    valid_until = DateField(_l("Last day"), [InputRequired()])
    stock = IntegerField(_l("How many in all"), [InputRequired(), NumberRange(1, 1_000_000)])
    offered = BooleanField(_l("Visitors can take it now"), default=True)

    def __init__(self, *, organizations: Iterable[Organization], **more: Any) -> None:
        """Offer the event's organizations as partners."""
        super().__init__(**more)
        self.organization.choices = [
            choice("", _("None; the delegation's leader takes it")),
            *(choice(one.ref, pick(one, "name")) for one in organizations),
        ]


class PhotoForm(FactsForm[PhotoFacts]):
    """What is said of a photo."""

    shape = PhotoFacts

    alt_zh = StringField(_l("What is to be seen (Chinese)"), [DataRequired(), Length(max=120)])
    alt_en = StringField(_l("What is to be seen (English)"), [DataRequired(), Length(max=160)])
    credit = StringField(_l("Photographer"), [DataRequired(), Length(max=80)])
    consent = StringField(_l("Who agreed that it is shown"), [DataRequired(), Length(max=200)])
    position = IntegerField(_l("Place in the list"), ORDER, default=0)


class UploadForm(PhotoForm):
    """A photo with what is said of it."""

    photo = FileField(_l("Photo"), [FileRequired(message=_l("Choose a photo first."))])
    agreed = BooleanField(
        _l("The photographer and everybody who can be recognized agreed that this photo is shown here."),
        [DataRequired(message=_l("Without their consent the photo cannot be shown."))],
    )


class CodeForm(AdminForm):
    """The typed code of a visitor's voucher."""

    code = StringField(_l("Code of the voucher"), [DataRequired(), Length(max=20)])
