"""Forms of scheduling. What needs other rows is for the operation to refuse."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.events.models import Stage
from eventsite.scheduling.core.values import Request, Wishes
from eventsite.web.forms import AdminForm, choice
from eventsite.web.language import pick

LONGEST_SECONDS = 60
LONGEST_REST = 240
STEPS = (5, 10, 15, 30)


class ProposeForm(AdminForm):
    """What the site is asked to work out, and the rules that it keeps to."""

    stages = SelectMultipleField(
        _l("Stages to use"), [InputRequired()], widget=ListWidget(), option_widget=CheckboxInput()
    )
    rest = IntegerField(
        _l("Rest of a troupe between its items (minutes)"),
        [InputRequired(), NumberRange(0, LONGEST_REST)],
        default=30,
    )
    step = SelectField(_l("Items begin every"), default="5")
    cities = BooleanField(_l("Spread the cities over stages and times of day"), default=True)
    genres = BooleanField(_l("No two items of one genre right after each other"), default=True)
    replace = BooleanField(_l("Also move items that have a place, except pinned ones and fixed points"))
    seconds = IntegerField(
        _l("Time at most (seconds)"), [InputRequired(), NumberRange(1, LONGEST_SECONDS)], default=10
    )

    def __init__(self, *, offered: Sequence[Stage], **more: Any) -> None:
        """Offer the stages, all of them ticked at first."""
        super().__init__(**more)
        self.stages.choices = [choice(stage.code, f"{stage.code} {pick(stage, 'name')}") for stage in offered]
        self.step.choices = [choice(str(step), _("%(minutes)s minutes", minutes=step)) for step in STEPS]
        if not self.is_submitted():
            self.stages.data = [stage.code for stage in offered]

    @property
    def asked(self) -> Request:
        """Return what is asked for."""
        return Request(
            wishes=Wishes(
                rest=self.rest.data or 0,
                step=int(self.step.data),
                cities=self.cities.data,
                genres=self.genres.data,
            ),
            stages=tuple(self.stages.data or ()),
            replace=self.replace.data,
            seconds=self.seconds.data or 1,
        )


class TakeForm(AdminForm):
    """Which of the proposed items go into the draft: the ticked ones, or all where `whole` is pressed."""

    items = SelectMultipleField(_l("Items"), validate_choice=False)
    whole = StringField()

    @property
    def chosen(self) -> frozenset[str] | None:
        """Return the ids of the ticked items, nothing for all."""
        return None if self.whole.data else frozenset(self.items.data or ())
