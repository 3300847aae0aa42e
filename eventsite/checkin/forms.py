"""Forms of the stamp rally."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from eventsite.checkin.core.checkpoints import CheckpointDetails
from eventsite.checkin.enums import CODE_MODES, CodeMode
from eventsite.web.forms import AdminForm, FactsForm, choice, open_choices

NAME_LENGTH = 80


class StaffCardForm(AdminForm):
    """The entry code of a stamp card that is to be marked as the team's."""

    entry = StringField(_l("Entry code on the stamp card"), [DataRequired(), Length(max=14)])


class UnmarkForm(AdminForm):
    """Why a mark is taken back."""

    reason = StringField(_l("Why it is taken back"), [DataRequired(), Length(max=200)])


def _mode_or_none(value: CodeMode | str) -> CodeMode | None:
    return CodeMode(value) if value else None


class CheckpointForm(FactsForm[CheckpointDetails]):
    """The facts of a checkpoint that organizers and zone leads change."""

    shape = CheckpointDetails

    name_zh = StringField(_l("Name (Chinese)"), [DataRequired(), Length(max=NAME_LENGTH)])
    name_en = StringField(_l("Name (English)"), [DataRequired(), Length(max=NAME_LENGTH)])
    stamp_label_zh = StringField(
        _l("Words on the stamp (Chinese)"), [DataRequired(), Length(max=NAME_LENGTH)]
    )
    stamp_label_en = StringField(
        _l("Words on the stamp (English)"), [DataRequired(), Length(max=NAME_LENGTH)]
    )
    code_mode = SelectField(_l("How visitors prove that they are here"), coerce=_mode_or_none)
    active = BooleanField(_l("Open for stamps"))

    def __init__(self, *, before: CheckpointDetails, **more: Any) -> None:
        """Fill in what was before; offer the stamp rally's way of proof and the three."""
        super().__init__(before=before, **more)
        self.code_mode.choices = [choice("", _("as the stamp rally says")), *open_choices(CODE_MODES)]
