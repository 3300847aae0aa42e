"""Forms of tokens and webhooks."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.fields import DateField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.partners.core.addresses import LONGEST
from eventsite.partners.core.tokens import TokenFacts
from eventsite.partners.core.webhooks import WebhookFacts
from eventsite.partners.enums import CHOSEN_EVENTS, HOOK_WORDS, SCOPE_WORDS, HookEvent, Scope
from eventsite.web.forms import AdminForm, EditForm, choice
from eventsite.web.language import word


class BoxesField(SelectMultipleField):
    """Words of a closed vocabulary to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TokenForm(AdminForm):
    """A new token."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=80)])
    scopes = BoxesField(_l("It opens"), [InputRequired()])
    expires_on = DateField(_l("Last day"), [Optional()])

    def __init__(self, *, zone: ZoneInfo, **more: Any) -> None:
        """Offer all scopes; `zone` is the event's, for the last day."""
        super().__init__(**more)
        self._zone = zone
        self.scopes.choices = [choice(value, word(SCOPE_WORDS, value)) for value in SCOPE_WORDS]
        if not self.is_submitted():
            self.scopes.data = [Scope.FEED.value, Scope.BUNDLE.value]

    @property
    def facts(self) -> TokenFacts:
        """Return the token as the form has it; it lasts through its last day."""
        day = self.expires_on.data
        ends = datetime.combine(day + timedelta(days=1), time(), self._zone) if day else None
        return TokenFacts(
            name=str(self.name.data),
            scopes=tuple(Scope(value) for value in self.scopes.data or ()),
            expires_at=ends,
        )


class WebhookForm(EditForm):
    """A webhook: where it points and what it hears of."""

    url = StringField(_l("Address"), [DataRequired(), Length(max=LONGEST)])
    kinds = BoxesField(_l("Tell it when"), [InputRequired()])

    def __init__(self, *, before: WebhookFacts | None = None, **more: Any) -> None:
        """Fill in what was before; a new one hears of releases and switches."""
        super().__init__(**more)
        offered = [kind.value for kind in CHOSEN_EVENTS]
        self.kinds.choices = [choice(value, word(HOOK_WORDS, value)) for value in offered]
        if not self.is_submitted():
            chosen = before.kinds if before else (HookEvent.RELEASED, HookEvent.SWITCHED)
            self.url.data = before.url if before else ""
            self.kinds.data = [kind.value for kind in chosen]

    @property
    def facts(self) -> WebhookFacts:
        """Return the webhook as the form has it."""
        kinds = tuple(HookEvent(value) for value in self.kinds.data or ())
        return WebhookFacts(url=str(self.url.data), kinds=kinds)
