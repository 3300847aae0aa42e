"""Forms of troupes and of those who look after them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from eventsite.kernel.ranges import TimeRange
from eventsite.troupes.core.slots import LONGEST_TEXT, LONGEST_WHY
from eventsite.web.forms import AdminForm, EditForm, choice
from eventsite.web.templating import day_words

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])\Z")

A_TIME = Regexp(CLOCK, message=_l("A time such as 14:30."))


class VisitorForm(AdminForm):
    """A form of the private page: it proves its origin by the link itself and needs no session."""

    class Meta(AdminForm.Meta):
        """Leave the session's token out; the view checks the proof."""

        csrf = False


class ProblemForm(VisitorForm):
    """What is wrong, and with which item."""

    item = SelectField(_l("What is it about"), validators=[Optional()])
    text = TextAreaField(_l("What is wrong"), [InputRequired(), Length(max=LONGEST_TEXT)])

    def __init__(self, *, items: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the troupe's own items, and none of them."""
        super().__init__(**more)
        general = choice("", _("Everything, or something else"))
        self.item.choices = [general, *(choice(ref, words) for ref, words in items)]


class TimeForm(VisitorForm):
    """A time at which the troupe cannot perform, by the venue's clock."""

    day = SelectField(_l("Which day"), [InputRequired()])
    start = StringField(
        _l("From (time)"), [InputRequired(), Regexp(CLOCK, message=_l("A time such as 14:30."))]
    )
    end = StringField(_l("To (time)"), [InputRequired(), Regexp(CLOCK, message=_l("A time such as 14:30."))])
    why = StringField(_l("Why"), [Optional(), Length(max=LONGEST_WHY)])

    def __init__(self, *, days: Sequence[date], **more: Any) -> None:
        """Offer the days of the fair."""
        super().__init__(**more)
        self.day.choices = [choice(day.isoformat(), day_words(day)) for day in days]

    def validate_end(self, field: StringField) -> None:
        """Refuse an end that is no later than the start."""
        start, end = _clock(self.start.data), _clock(field.data)
        if start is not None and end is not None and end <= start:
            raise ValidationError(_("The end is after the start."))

    def slot(self, zone: ZoneInfo) -> TimeRange:
        """Return the time as a range of instants."""
        day = date.fromisoformat(str(self.day.data))
        start, end = _clock(self.start.data) or time(), _clock(self.end.data) or time()
        return TimeRange(datetime.combine(day, start, zone), datetime.combine(day, end, zone))


class ContactForm(AdminForm):
    """Where a troupe gets its mail."""

    email = StringField(_l("E-mail"), [Optional(), Length(max=254)])


class AnswerForm(AdminForm):
    """What a troupe is told about its problem."""

    text = TextAreaField(_l("Answer"), [InputRequired(), Length(max=LONGEST_TEXT)])


class NoticeForm(EditForm):
    """What an organizer adds to a notice."""

    words = TextAreaField(_l("Words on top"), [Optional(), Length(max=LONGEST_TEXT)])


def _clock(text: str | None) -> time | None:
    found = CLOCK.fullmatch(text or "")
    return time(int(found[1]), int(found[2])) if found else None
