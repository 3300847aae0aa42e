"""Forms of the stamp rally."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from eventsite.checkin.enums import CodeMode
from eventsite.web.forms import EditForm

NAME_LENGTH = 80
MODES = (
    ("", _l("as the stamp rally says")),
    (CodeMode.STATIC.value, _l("printed code alone")),
    (CodeMode.ROTATING_CODE.value, _l("printed code and the digits of the minute")),
    (CodeMode.STAFF_SCAN.value, _l("staff scan the visitor's pass")),
)


class CheckpointForm(EditForm):
    """The facts of a checkpoint that organizers and zone leads change."""

    name_zh = StringField(_l("Name (Chinese)"), [InputRequired(), Length(max=NAME_LENGTH)])
    name_en = StringField(_l("Name (English)"), [InputRequired(), Length(max=NAME_LENGTH)])
    stamp_label_zh = StringField(
        _l("Words on the stamp (Chinese)"), [InputRequired(), Length(max=NAME_LENGTH)]
    )
    stamp_label_en = StringField(
        _l("Words on the stamp (English)"), [InputRequired(), Length(max=NAME_LENGTH)]
    )
    code_mode = SelectField(_l("How visitors prove that they are here"), choices=MODES)
    active = BooleanField(_l("Open for stamps"))
