"""The base of all forms: CSRF by Flask-WTF, blanks trimmed, and errors of operations laid on fields."""

import re
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField
from wtforms.validators import ValidationError

from eventsite.kernel.errors import DomainError, StaleEdit
from eventsite.web.language import say

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class AdminForm(FlaskForm):  # type: ignore[misc]
    """A form of the team's pages."""

    class Meta:
        """Trim what people type, everywhere."""

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the trimming filter to every text field."""
            filters = list(unbound_field.kwargs.get("filters", []))
            if trim not in filters:
                filters.append(trim)
            return unbound_field.bind(form=form, filters=filters, **options)

    def lay(self, error: DomainError) -> None:
        """Show an operation's refusal at its field, or on top of the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, say(error)]
        else:
            field.errors = [*field.errors, say(error)]
        self.stale = error if isinstance(error, StaleEdit) else None

    stale: StaleEdit | None = None


class EditForm(AdminForm):
    """A form that changes a row: it carries the version that was read."""

    version = HiddenField()

    def validate_version(self, field: HiddenField) -> None:
        """Refuse a version that is no number."""
        if field.data and not str(field.data).isdigit():
            raise ValidationError(gettext("Open the page again and repeat the change."))


def trim(value: Any) -> Any:
    """Take blanks off both ends, and control and direction-changing characters out."""
    return CONTROL.sub("", value).strip() if isinstance(value, str) else value
