"""Forms of the review desk."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from eventsite.applications.core.review import Opinion
from eventsite.applications.enums import MATTER_WORDS, VERDICT_WORDS, Matter, Verdict
from eventsite.kernel.errors import DomainError, StaleEdit
from eventsite.web.forms import EditForm, choice


class FindingForm(EditForm):
    """What an office says of a matter; `version` is that of the word it has read."""

    verdict = RadioField(_l("Verdict"), [InputRequired()])
    point = TextAreaField(_l("What has to be put right"), [Length(max=500)])

    def __init__(self, **more: Any) -> None:
        """Offer both verdicts."""
        super().__init__(**more)
        self.verdict.choices = [choice(one.value, _(words)) for one, words in VERDICT_WORDS.items()]

    def lay(self, error: DomainError) -> None:
        """Show the refusal; verdicts of two reviewers are shown in words."""
        super().lay(error)
        if isinstance(error, StaleEdit):
            for side in (error.theirs, error.mine):
                if "verdict" in side:
                    side["verdict"] = _(VERDICT_WORDS[Verdict(side["verdict"])])

    @property
    def said(self) -> Verdict:
        """Return the verdict."""
        return Verdict(self.verdict.data)


class ReturnForm(EditForm):
    """Every point in one list, to be sent once."""

    until = DateField(_l("Correction by"), [InputRequired()])
    sure = BooleanField(_l("I have checked that nothing is missing"), [DataRequired()])
    open_points: Sequence[Opinion] = ()

    def lay(self, error: DomainError) -> None:
        """Show the refusal; an empty list is told at its first text."""
        if error.field == "points" and self.open_points:
            error.field = f"point_{self.open_points[0].matter.value}"
        super().lay(error)

    @property
    def points(self) -> list[tuple[Matter, str]]:
        """Return the points that go out."""
        told = [(one.matter, self[f"point_{one.matter.value}"].data) for one in self.open_points]
        return [(matter, text) for matter, text in told if text]

    @property
    def deadline(self) -> datetime:
        """Return the end of the last day."""
        last: date = self.until.data or date.min
        return datetime.combine(last + timedelta(days=1), time(), g.event.zone)


class RejectForm(EditForm):
    """Why an application is turned down. Its names are its own: several forms stand on the page."""

    def __init__(self, **more: Any) -> None:
        """Take the names of this form."""
        super().__init__(prefix="reject", **more)

    reason = TextAreaField(_l("Why (the applicant reads it)"), [DataRequired(), Length(max=500)])


def return_form(open_points: Sequence[Opinion], **more: Any) -> ReturnForm:
    """Return the form with a text for each matter that has a problem."""
    texts = {
        f"point_{one.matter.value}": TextAreaField(
            _(MATTER_WORDS[one.matter]), [Length(max=500)], default=one.point
        )
        for one in open_points
    }
    form: ReturnForm = type("ReturnForm", (ReturnForm,), texts)(prefix="return", **more)
    form.open_points = open_points
    return form
