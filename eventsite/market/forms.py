"""Forms of the market. What needs other rows is for the operation to refuse."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.events.models import Delegation, Zone
from eventsite.kernel.boxes import METRE
from eventsite.market.core import BoothFacts, CircuitFacts, ShapeFacts
from eventsite.market.enums import CATEGORIES, KINDS, LIVE_WORDS, SHAPE_WORDS, STATUSES
from eventsite.market.models import Booth, Circuit, Float
from eventsite.web.forms import (
    AdminForm,
    FactsForm,
    LinesField,
    MetresField,
    NumberField,
    choice,
    code_validators,
    open_choices,
)
from eventsite.web.language import pick

PLACING = ("code", "zone", "circuit", "delegation", "status", "map_x", "map_y", "map_w", "map_h")
GRANTED = ("food_permit_required", "staff_passes", "vehicle_passes")
"""What nobody says of a booth of their own: whether it needs a permit, and who may pass the gates."""


class BoothForm(FactsForm[BoothFacts]):
    """A booth as an organizer sees it; who may not place booths gets it without `PLACING` and `GRANTED`."""

    shape = BoothFacts
    nullable = ("circuit", "delegation", "note_zh")

    code = StringField(_l("Code"), code_validators(20))
    zone = SelectField(_l("Zone"))
    circuit = SelectField(_l("Circuit"))
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
    map_x = MetresField(_l("From the left (m)"), [InputRequired(), NumberRange(0, 100_000)])
    map_y = MetresField(_l("From the top (m)"), [InputRequired(), NumberRange(0, 100_000)])
    map_w = MetresField(_l("Width (m)"), [InputRequired(), NumberRange(1, 100_000)])
    map_h = MetresField(_l("Depth (m)"), [InputRequired(), NumberRange(1, 100_000)])
    note_zh = TextAreaField(_l("Note"), [Length(max=500)])

    def __init__(
        self,
        *,
        zones: Iterable[Zone],
        delegations: Iterable[Delegation],
        circuits: Iterable[Circuit] = (),
        before: BoothFacts | None = None,
        **more: Any,
    ) -> None:
        """Offer the zones where the reader may place booths (none: no placing); fill in what was before."""
        super().__init__(before=before, **more)
        offered = [choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones]
        self.zone.choices = offered
        self.circuit.choices = [
            choice("", _("Not said yet")),
            *(choice(circuit.code, _circuit_words(circuit)) for circuit in circuits),
        ]
        self.delegation.choices = [
            choice("", _("Organizing committee")),
            *(choice(delegation.ref, pick(delegation, "name")) for delegation in delegations),
        ]
        self.category.choices = open_choices(CATEGORIES, before.category if before else "")
        self.kind.choices = open_choices(KINDS, before.kind if before else "")
        self.status.choices = open_choices(STATUSES, before.status if before else "")
        self.may_place = bool(offered)
        if not self.may_place:
            for name in (*PLACING, *GRANTED):
                del self[name]


class CircuitForm(FactsForm[CircuitFacts]):
    """A circuit of a zone."""

    shape = CircuitFacts

    code = StringField(_l("Code"), code_validators(20))
    zone = SelectField(_l("Zone"))
    limit_kw = NumberField(_l("It carries (kW)"), [InputRequired(), NumberRange(0.1, 10_000)])

    def __init__(self, *, zones: Iterable[Zone], before: CircuitFacts | None = None, **more: Any) -> None:
        """Offer the zones whose circuits the reader may edit."""
        super().__init__(before=before, **more)
        self.zone.choices = [choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones]


class BoothsField(SelectMultipleField):
    """Booths to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ConnectForm(AdminForm):
    """Which booths hang on a circuit."""

    booths = BoothsField(_l("Booths on this circuit"))

    def __init__(self, *, offered: Iterable[Booth], **more: Any) -> None:
        """Offer the booths that the reader may place."""
        super().__init__(**more)
        self.booths.choices = [choice(booth.code, _booth_words(booth)) for booth in offered]


class PointsField(TextAreaField):
    """A line through points: one point a line, its metres from the left and from the top."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(f"{x / METRE:g}, {y / METRE:g}" for x, y in self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the points."""
        lines = [line for text in valuelist for line in text.splitlines() if line.strip()]
        self.data = [_point(line) for line in lines]


class ShapeForm(FactsForm[ShapeFacts]):
    """A fire lane, a route, water or words on the plan; its kind is chosen when it is drawn."""

    shape = ShapeFacts
    nullable = ("carried",)

    kind = SelectField(_l("Kind"))
    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=80)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=120)])
    map_x = MetresField(_l("From the left (m)"), [InputRequired(), NumberRange(-100_000, 100_000)], default=0)
    map_y = MetresField(_l("From the top (m)"), [InputRequired(), NumberRange(-100_000, 100_000)], default=0)
    map_w = MetresField(_l("Width (m)"), [InputRequired(), NumberRange(0, 100_000)], default=80)
    map_h = MetresField(_l("Depth (m)"), [InputRequired(), NumberRange(0, 100_000)], default=80)
    points = PointsField(_l("Points of a route (m)"))
    carried = SelectField(_l("Float on the route"))

    def __init__(self, *, floats: Iterable[Float], before: ShapeFacts | None = None, **more: Any) -> None:
        """Offer the event's floats; a shape that is drawn keeps its kind."""
        super().__init__(before=before, **more)
        self.kind.choices = [choice(kind.value, _(words)) for kind, words in SHAPE_WORDS.items()]
        self.carried.choices = [
            choice("", _("No float in particular")),
            *(choice(one.ref, pick(one, "name")) for one in floats),
        ]
        if before:
            del self.kind


class BackgroundForm(AdminForm):
    """A picture of the ground."""

    picture = FileField(_l("Picture"), [FileRequired(message=_l("Choose a photo first."))])


class LiveForm(AdminForm):
    """One button of how a booth does right now."""

    state = SelectField(choices=[choice(state.value, words) for state, words in LIVE_WORDS.items()])


def _circuit_words(circuit: Circuit) -> str:
    return _(
        "%(code)s, zone %(zone)s, %(limit)g kW",
        code=circuit.code,
        zone=circuit.zone.code,
        limit=circuit.limit_kw,
    )


def _booth_words(booth: Booth) -> str:
    words = f"{booth.code} {pick(booth, 'name')} · {booth.power_kw:g} kW"
    return f"{words} · {booth.circuit.code}" if booth.circuit else words


def _point(line: str) -> list[float]:
    try:
        x, y = (round(float(part) * METRE, 2) for part in line.replace("，", ",").split(","))
    except ValueError as error:
        raise ValueError(
            _("One point a line: metres from the left, a comma, metres from the top.")
        ) from error
    return [x, y]
