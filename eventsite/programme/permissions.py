"""Who may do what with the programme."""

from eventsite.accounts.core import Permission, Rules, holds, within
from eventsite.accounts.enums import Role
from eventsite.kernel.words import N_


class ProgrammePermission(Permission):
    """What members of the team may do with the draft and its releases."""

    SEE_DRAFT = N_("see the draft of the programme")
    ADD_ITEM = N_("add items to the programme")
    EDIT_ITEM = N_("edit the programme of this stage")
    PLACE_ITEMS = N_("move items in the editor of the programme")
    RELEASE = N_("release the programme")
    EDIT_PLAN = N_("prepare plans beside the draft of the programme")
    EDIT_RULES = N_("say how grave the rules of the programme are")
    EDIT_RESOURCES = N_("edit the people, props and microphones that items share")
    EDIT_TROUPE = N_("say when troupes can perform")


RULES: Rules = {
    ProgrammePermission.SEE_DRAFT: (holds(Role.ORGANIZER), holds(Role.STAGE_MANAGER), holds(Role.AUDITOR)),
    ProgrammePermission.ADD_ITEM: (holds(Role.ORGANIZER), holds(Role.STAGE_MANAGER)),
    ProgrammePermission.EDIT_ITEM: (holds(Role.ORGANIZER), within(Role.STAGE_MANAGER)),
    ProgrammePermission.PLACE_ITEMS: (holds(Role.ORGANIZER), holds(Role.STAGE_MANAGER)),
    ProgrammePermission.RELEASE: (holds(Role.ORGANIZER),),
    ProgrammePermission.EDIT_PLAN: (holds(Role.ORGANIZER),),
    ProgrammePermission.EDIT_RULES: (holds(Role.ORGANIZER),),
    ProgrammePermission.EDIT_RESOURCES: (holds(Role.ORGANIZER),),
    ProgrammePermission.EDIT_TROUPE: (holds(Role.ORGANIZER),),
}
