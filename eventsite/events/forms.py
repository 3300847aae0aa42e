"""Forms of an event's places. What needs other rows is for the operation to refuse."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ColorField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from eventsite.events.core import FacilityFacts, StageFacts, ZoneFacts
from eventsite.events.enums import FACILITY_KINDS, ZONE_KINDS
from eventsite.events.models import Zone
from eventsite.web.forms import (
    FactsForm,
    LinesField,
    MetresField,
    NumberField,
    choice,
    code_validators,
    open_choices,
)
from eventsite.web.language import pick


class ZoneForm(FactsForm[ZoneFacts]):
    """A zone as an organizer sees it; its code is asked for once, when the zone is made."""

    shape = ZoneFacts
    nullable = ("limit_kw",)

    code = StringField(_l("Code"), code_validators(10))
    order = IntegerField(_l("Place in lists"), [InputRequired(), NumberRange(0, 999)])
    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=40)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=80)])
    suffix_zh = StringField(_l("Word after the name (Chinese)"), [Length(max=10)])
    literal_gloss = StringField(_l("What the name says, literally"), [Length(max=120)])
    kind = SelectField(_l("Kind"))
    color = ColorField(_l("Colour"), [InputRequired()], default="#1f7a4d")
    description_zh = TextAreaField(_l("Description (Chinese)"), [DataRequired(), Length(max=500)])
    description_en = TextAreaField(_l("Description (English)"), [DataRequired(), Length(max=800)])
    highlights_zh = LinesField(_l("Highlights (Chinese)"), [Length(max=20)])
    capacity = IntegerField(_l("Capacity (people)"), [InputRequired(), NumberRange(0, 1_000_000)])
    grid_code = StringField(_l("Grid"), [DataRequired(), Length(max=20)])
    map_x = MetresField(_l("From the left (m)"), [InputRequired(), NumberRange(0, 100_000)])
    map_y = MetresField(_l("From the top (m)"), [InputRequired(), NumberRange(0, 100_000)])
    map_w = MetresField(_l("Width (m)"), [InputRequired(), NumberRange(1, 100_000)])
    map_h = MetresField(_l("Depth (m)"), [InputRequired(), NumberRange(1, 100_000)])
    limit_kw = NumberField(_l("Its feeder carries (kW)"), [Optional(), NumberRange(0.1, 100_000)])

    def __init__(self, *, before: ZoneFacts | None = None, **more: Any) -> None:
        """Fill in what was before; a zone that stands keeps its code."""
        super().__init__(before=before, **more)
        self.kind.choices = open_choices(ZONE_KINDS, before.kind if before else "")
        if before:
            del self.code


class StageForm(FactsForm[StageFacts]):
    """A stage as an organizer sees it; its code is asked for once, when the stage is made."""

    shape = StageFacts

    code = StringField(_l("Code"), code_validators(10))
    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=40)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=80)])
    zone = SelectField(_l("Zone"))
    audience_capacity = IntegerField(_l("Audience (people)"), [InputRequired(), NumberRange(0, 1_000_000)])
    covered = BooleanField(_l("Has a roof"))
    map_x = MetresField(_l("From the left (m)"), [Optional(), NumberRange(0, 100_000)])
    map_y = MetresField(_l("From the top (m)"), [Optional(), NumberRange(0, 100_000)])
    map_w = MetresField(_l("Width (m)"), [Optional(), NumberRange(1, 100_000)])
    map_h = MetresField(_l("Depth (m)"), [Optional(), NumberRange(1, 100_000)])

    def __init__(self, *, zones: Iterable[Zone], before: StageFacts | None = None, **more: Any) -> None:
        """Offer the event's zones; a stage that stands keeps its code."""
        super().__init__(before=before, **more)
        self.zone.choices = [choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones]
        if before:
            del self.code


class FacilityForm(FactsForm[FacilityFacts]):
    """A gate, a toilet, a first-aid point or a desk."""

    shape = FacilityFacts

    kind = SelectField(_l("Kind"))
    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=40)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=80)])
    x = MetresField(_l("From the left (m)"), [InputRequired(), NumberRange(0, 100_000)])
    y = MetresField(_l("From the top (m)"), [InputRequired(), NumberRange(0, 100_000)])

    def __init__(self, *, before: FacilityFacts | None = None, **more: Any) -> None:
        """Offer the known kinds, and the present one if it is another."""
        super().__init__(before=before, **more)
        self.kind.choices = open_choices(FACILITY_KINDS, before.kind if before else "")
