"""Forms of imports."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import DataRequired

from eventsite.web.forms import AdminForm


class ScheduleForm(AdminForm):
    """A file to check."""

    schedule = FileField(_l("Programme file"), [FileRequired(message=_l("Choose a file first."))])


class TakeForm(AdminForm):
    """Take the file as it was shown, without the rows of `out`; the draft's items of `drop` go."""

    seen = HiddenField(validators=[DataRequired()])
    out = SelectMultipleField(_l("Leave out"), validate_choice=False)
    drop = SelectMultipleField(_l("Take out of the draft"), validate_choice=False)
