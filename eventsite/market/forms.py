"""Forms of the market. What needs other rows is for the operation to refuse."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from eventsite.events.models import Delegation, Zone
from eventsite.market.core import BoothFacts
from eventsite.market.enums import CATEGORIES, KINDS, STATUSES
from eventsite.web.forms import FactsForm, LinesField, NumberField, choice, code_validators, open_choices
from eventsite.web.language import pick

PLACING = ("code", "zone", "delegation", "status", "map_x", "map_y", "map_w", "map_h")


class BoothForm(FactsForm[BoothFacts]):
    """A booth as an organizer sees it; who may not place booths gets it without the fields in `PLACING`."""

    shape = BoothFacts
    nullable = ("delegation", "note_zh")

    code = StringField(_l("Code"), code_validators(20))
    zone = SelectField(_l("Zone"))
    delegation = SelectField(_l("Held by"))
    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=80)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=120)])
    category = SelectField(_l("Category"))
    kind = SelectField(_l("Kind"))
    status = SelectField(_l("Status"))
    size_m = StringField(_l("Size (m)"), [DataRequired(), Length(max=20)])
    power_kw = NumberField(_l("Power (kW)"), [InputRequired(), NumberRange(0, 1000)])
    appliances_zh = LinesField(_l("Appliances"), [Length(max=40)])
    needs_water = BooleanField(_l("Needs water"))
    open_flame = BooleanField(_l("Open flame"))
    food_permit_required = BooleanField(_l("Needs a food permit"))
    staff_passes = IntegerField(_l("Staff passes"), [InputRequired(), NumberRange(0, 999)])
    vehicle_passes = IntegerField(_l("Vehicle passes"), [InputRequired(), NumberRange(0, 99)])
    map_x = NumberField(_l("From the left"), [InputRequired(), NumberRange(0, 100_000)])
    map_y = NumberField(_l("From the top"), [InputRequired(), NumberRange(0, 100_000)])
    map_w = NumberField(_l("Width"), [InputRequired(), NumberRange(1, 100_000)])
    map_h = NumberField(_l("Depth"), [InputRequired(), NumberRange(1, 100_000)])
    note_zh = TextAreaField(_l("Note"), [Length(max=500)])

    def __init__(
        self,
        *,
        zones: Iterable[Zone],
        delegations: Iterable[Delegation],
        before: BoothFacts | None = None,
        **more: Any,
    ) -> None:
        """Offer the zones where the reader may place booths (none: no placing); fill in what was before."""
        super().__init__(before=before, **more)
        offered = [choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones]
        self.zone.choices = offered
        self.delegation.choices = [
            choice("", _("Organizing committee")),
            *(choice(delegation.ref, pick(delegation, "name")) for delegation in delegations),
        ]
        self.category.choices = open_choices(CATEGORIES, before.category if before else "")
        self.kind.choices = open_choices(KINDS, before.kind if before else "")
        self.status.choices = open_choices(STATUSES, before.status if before else "")
        self.may_place = bool(offered)
        if not self.may_place:
            for name in PLACING:
                del self[name]
