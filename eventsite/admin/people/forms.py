"""Forms of the people pages."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, EmailField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from eventsite.accounts.enums import ROLE_WORDS, SCOPE_KINDS, SITE_ROLES, Role
from eventsite.applications.enums import MATTER_WORDS
from eventsite.events.models import Event
from eventsite.events.queries import list_scopes
from eventsite.kernel.words import N_
from eventsite.web.forms import AdminForm
from eventsite.web.language import pick

SCOPE_WORDS = {
    "zone": N_("Zone"),
    "stage": N_("Stage"),
    "delegation": N_("Delegation"),
    "organization": N_("Organization"),
    "matter": N_("Matter of applications"),
}
MATTERS = {matter.value: words for matter, words in MATTER_WORDS.items()}
EVENT_ROLES = tuple(role for role in Role if role is not Role.ADMINISTRATOR)


class PersonForm(AdminForm):
    """A new account."""

    email = EmailField(
        lazy_gettext("E-mail"),
        validators=[InputRequired(lazy_gettext("Enter the e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "off"},
    )
    label = StringField(
        lazy_gettext("Post or name"), validators=[Length(max=80)], render_kw={"autocomplete": "off"}
    )


class ResetForm(AdminForm):
    """A reset; the second factor goes as well where the phone is lost."""

    second_factor = BooleanField(lazy_gettext("Take the second factor away too (the phone is lost)"))


class RoleForm(AdminForm):
    """A role and what it is narrowed to."""

    role = SelectField(lazy_gettext("Role"))
    scope = SelectField(lazy_gettext("Scope"), default="")

    def __init__(self, event: Event | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = EVENT_ROLES if event else tuple(role for role in Role if role in SITE_ROLES)
        self.role.choices = [SelectChoice(role.value, gettext(ROLE_WORDS[role])) for role in roles]
        self.scope.choices = scope_choices(event)


class MemberForm(RoleForm, PersonForm):
    """Somebody who is added to an event."""


def scope_choices(event: Event | None) -> list[SelectChoice]:
    """Return what a role may be narrowed to, grouped by kind; first of all nothing."""
    whole = [SelectChoice("", gettext("All of the event") if event else gettext("The whole site"))]
    if event is None:
        return whole
    kinds: dict[str, list[tuple[str, str]]] = {
        kind: [(value, named(record)) for value, record in records]
        for kind, records in list_scopes(event).items()
    }
    kinds["matter"] = [(f"matter:{matter}", gettext(words)) for matter, words in MATTERS.items()]
    return whole + [
        SelectChoice(value, words, optgroup=_group(kind))
        for kind, choices in kinds.items()
        for value, words in choices
    ]


def _group(kind: str) -> str:
    roles = [gettext(ROLE_WORDS[role]) for role, its_kind in SCOPE_KINDS.items() if its_kind == kind]
    return gettext("%(kind)s (for: %(roles)s)", kind=gettext(SCOPE_WORDS[kind]), roles=", ".join(roles))


def named(record: Any) -> str:
    """Return the name of a zone, stage, delegation or organization, after its code where it has one."""
    name = pick(record, "name")
    code = getattr(record, "code", "")
    return f"{code} {name}" if code else name
