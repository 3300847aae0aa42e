"""Forms of the stamp rally."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from eventsite.checkin.core.checkpoints import CheckpointDetails
from eventsite.checkin.enums import CodeMode
from eventsite.web.forms import EditForm

NAME_LENGTH = 80
MODES = (
    ("", _l("as the stamp rally says")),
    (CodeMode.STATIC.value, _l("printed code alone")),
    (CodeMode.ROTATING_CODE.value, _l("printed code and the digits of the minute")),
    (CodeMode.STAFF_SCAN.value, _l("staff scan the visitor's pass")),
)


def _mode_value(value: object) -> str:
    return value.value if isinstance(value, CodeMode) else str(value or "")


class CheckpointForm(EditForm):
    """The facts of a checkpoint that organizers and zone leads change."""

    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=NAME_LENGTH)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=NAME_LENGTH)])
    stamp_label_zh = StringField(
        _l("Words on the stamp (Chinese)"), [DataRequired(), Length(max=NAME_LENGTH)]
    )
    stamp_label_en = StringField(
        _l("Words on the stamp (English)"), [DataRequired(), Length(max=NAME_LENGTH)]
    )
    code_mode = SelectField(_l("How visitors prove that they are here"), choices=MODES, coerce=_mode_value)
    active = BooleanField(_l("Open for stamps"))

    @property
    def details(self) -> CheckpointDetails:
        """Return the checkpoint as the form has it."""
        mode = self.code_mode.data
        return CheckpointDetails(
            name_zh=self.name_zh.data or "",
            name_en=self.name_en.data or "",
            stamp_label_zh=self.stamp_label_zh.data or "",
            stamp_label_en=self.stamp_label_en.data or "",
            code_mode=CodeMode(mode) if mode else None,
            active=bool(self.active.data),
        )
