"""Forms of placement. What needs other rows is for the operation to refuse."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.events.models import Zone
from eventsite.market.enums import CATEGORIES
from eventsite.web.forms import AdminForm, choice, code_validators, open_choices
from eventsite.web.language import pick

LONGEST_SECONDS = 60


class ProposeForm(AdminForm):
    """What the site is asked to work out."""

    seconds = IntegerField(
        _l("Time at most (seconds)"), [InputRequired(), NumberRange(1, LONGEST_SECONDS)], default=9
    )
    relax = BooleanField(_l("Place everybody, and break as few demands as possible"))


class AssignForm(AdminForm):
    """The booths that one exhibitor gets by hand: one, or two for a double booth."""

    booths = SelectMultipleField(
        _l("Booths"), [InputRequired()], widget=ListWidget(), option_widget=CheckboxInput()
    )

    def __init__(self, *, offered: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the booths that are free."""
        super().__init__(**more)
        self.booths.choices = [choice(code, label) for code, label in offered]


class LotForm(AdminForm):
    """A lot that is prepared: its name, and who takes part."""

    code = StringField(_l("Code"), code_validators(20))
    title_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=120)])
    title_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=200)])
    zone = SelectField(_l("Zone"))
    category = SelectField(_l("Category"))

    def __init__(self, *, zones: Iterable[Zone], **more: Any) -> None:
        """Offer the zones, and all of them."""
        super().__init__(**more)
        self.zone.choices = [
            choice("", _("All zones")),
            *(choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones),
        ]
        self.category.choices = [choice("", _("All categories")), *open_choices(CATEGORIES)]


class DigitsForm(AdminForm):
    """The digits made before everybody, in the order in which they fell."""

    digits = StringField(_l("Digits in the order in which they fell"), [DataRequired(), Length(max=200)])


class VoidForm(AdminForm):
    """Why a lot is void; the public page gives the reason."""

    reason = TextAreaField(_l("Reason"), [DataRequired(), Length(max=500)])
