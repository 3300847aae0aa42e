"""Forms of the hand-over."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from eventsite.web.forms import AdminForm


class HandOverForm(AdminForm):
    """Where the prize is handed over."""

    place = StringField(_l("Place of the hand-over"), [DataRequired(), Length(max=120)])


class UndoForm(AdminForm):
    """Why a hand-over is taken back."""

    reason = StringField(_l("Why it is taken back"), [DataRequired(), Length(max=200)])
