"""Who may take a programme from a file."""

from eventsite.accounts.core import Permission, Rules, holds
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class ImportPermission(Permission):
    """What members of the team may do with files of others."""

    IMPORT_PROGRAMME = N_("take the programme from a file")


RULES: Rules = {ImportPermission.IMPORT_PROGRAMME: (holds(Role.ORGANIZER),)}
