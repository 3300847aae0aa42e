"""Forms of an event's places. What needs other rows is for the operation to refuse."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ColorField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from eventsite.events.core import ZoneFacts
from eventsite.events.enums import ZONE_KINDS
from eventsite.web.forms import FactsForm, LinesField, NumberField, code_validators, open_choices


class ZoneForm(FactsForm[ZoneFacts]):
    """A zone as an organizer sees it; its code is asked for once, when the zone is made."""

    shape = ZoneFacts

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
    map_x = NumberField(_l("From the left"), [InputRequired(), NumberRange(0, 100_000)])
    map_y = NumberField(_l("From the top"), [InputRequired(), NumberRange(0, 100_000)])
    map_w = NumberField(_l("Width"), [InputRequired(), NumberRange(1, 100_000)])
    map_h = NumberField(_l("Depth"), [InputRequired(), NumberRange(1, 100_000)])

    def __init__(self, *, before: ZoneFacts | None = None, **more: Any) -> None:
        """Fill in what was before; a zone that stands keeps its code."""
        super().__init__(before=before, **more)
        self.kind.choices = open_choices(ZONE_KINDS, before.kind if before else "")
        if before:
            del self.code
