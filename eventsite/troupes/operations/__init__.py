"""What is written between troupes and the team: links, answers, problems, times and notices."""

from eventsite.troupes.operations.accesses import (
    erase_troupe_contacts,
    issue_link,
    issue_missing,
    revoke_link,
    set_contact,
)
from eventsite.troupes.operations.answering import answer_problem, decide_proposal
from eventsite.troupes.operations.notices import draft_notices, edit_notice, leave_out, send_notices
from eventsite.troupes.operations.saying import confirm_slots, propose_time, report_problem

__all__ = [
    "answer_problem",
    "confirm_slots",
    "decide_proposal",
    "draft_notices",
    "edit_notice",
    "erase_troupe_contacts",
    "issue_link",
    "issue_missing",
    "leave_out",
    "propose_time",
    "report_problem",
    "revoke_link",
    "send_notices",
    "set_contact",
]
