"""Who may do what with partners: the organizer everything, a liaison what is its own organization's."""

from eventsite.accounts.core import Actor, Permission, Rules, Thing, holds, within
from eventsite.accounts.enums import Role
from eventsite.events.models import Event, Organization
from eventsite.kernel.words import N_


class PartnerPermission(Permission):
    """What members of an event's team may do with partners' tokens, takings and webhooks."""

    SEE_PARTNERS = N_("see what partners take")
    SEE_PARTNER = N_("see what this partner takes")
    TAKE_BUNDLE = N_("take the bundle for this partner")
    MANAGE_TOKENS = N_("issue and revoke tokens of this partner")
    MANAGE_WEBHOOKS = N_("add and change webhooks of this partner")


RULES: Rules = {
    PartnerPermission.SEE_PARTNERS: (holds(Role.ORGANIZER), holds(Role.PARTNER), holds(Role.AUDITOR)),
    PartnerPermission.SEE_PARTNER: (holds(Role.ORGANIZER), within(Role.PARTNER), holds(Role.AUDITOR)),
    PartnerPermission.TAKE_BUNDLE: (holds(Role.ORGANIZER), within(Role.PARTNER)),
    PartnerPermission.MANAGE_TOKENS: (holds(Role.ORGANIZER), within(Role.PARTNER)),
    PartnerPermission.MANAGE_WEBHOOKS: (holds(Role.ORGANIZER), within(Role.PARTNER)),
}


def partner_thing(event: Event, organization: Organization) -> Thing:
    """Return an organization as a thing that rights are asked about."""
    return Thing(event_id=event.id, scopes=frozenset({f"organization:{organization.ref}"}))


def is_liaison(actor: Actor, event: Event, organization: Organization) -> bool:
    """Tell whether somebody acts for the organization itself, not for the organizers."""
    return within(Role.PARTNER)(actor, partner_thing(event, organization))
