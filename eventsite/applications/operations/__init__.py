"""Writing calls and applications: one function an intent, in one transaction with its line in the log."""

from eventsite.applications.operations.calls import (
    add_question,
    create_call,
    edit_call,
    edit_question,
    remove_call,
    remove_question,
)
from eventsite.applications.operations.erasing import erase_contacts
from eventsite.applications.operations.holdings import (
    assign_booth,
    follow_file,
    free_booths,
    release_booth,
)
from eventsite.applications.operations.intake import (
    Letter,
    Sheet,
    Tell,
    check_lacking,
    confirm_application,
    discard_draft,
    save_application,
    submit_application,
    withdraw_application,
)
from eventsite.applications.operations.review import (
    UNDER_REVIEW,
    Finding,
    approve_application,
    issue_link,
    judge_matter,
    promote_application,
    reject_application,
    return_application,
    waitlist_application,
)

__all__ = [
    "UNDER_REVIEW",
    "Finding",
    "Letter",
    "Sheet",
    "Tell",
    "add_question",
    "approve_application",
    "assign_booth",
    "check_lacking",
    "confirm_application",
    "create_call",
    "discard_draft",
    "edit_call",
    "edit_question",
    "erase_contacts",
    "follow_file",
    "free_booths",
    "issue_link",
    "judge_matter",
    "promote_application",
    "reject_application",
    "release_booth",
    "remove_call",
    "remove_question",
    "return_application",
    "save_application",
    "submit_application",
    "waitlist_application",
    "withdraw_application",
]
