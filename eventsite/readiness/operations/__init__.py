"""What the team does between placing a booth and opening it, each act with its row in the log."""

from eventsite.readiness.operations.checks import take_photo, tick, untick
from eventsite.readiness.operations.dates import (
    edit_milestone,
    edit_permit,
    file_permit,
    finish_milestone,
    reopen_milestone,
)
from eventsite.readiness.operations.faults import assign_fault, close_fault, fix_fault, raise_fault
from eventsite.readiness.operations.gate import Passage, let_through
from eventsite.readiness.operations.opening import open_booth, open_unready_booth
from eventsite.readiness.operations.papers import (
    add_certificate,
    check_certificate,
    edit_certificate,
    remove_certificate,
    take_over_papers,
)
from eventsite.readiness.operations.passes import issue_delegation_pass, issue_pass, revoke_pass
from eventsite.readiness.operations.slots import book_slot, create_slot, edit_slot, give_up_slot, remove_slot

__all__ = [
    "Passage",
    "add_certificate",
    "assign_fault",
    "book_slot",
    "check_certificate",
    "close_fault",
    "create_slot",
    "edit_certificate",
    "edit_milestone",
    "edit_permit",
    "edit_slot",
    "file_permit",
    "finish_milestone",
    "fix_fault",
    "give_up_slot",
    "issue_delegation_pass",
    "issue_pass",
    "let_through",
    "open_booth",
    "open_unready_booth",
    "raise_fault",
    "remove_certificate",
    "remove_slot",
    "reopen_milestone",
    "revoke_pass",
    "take_over_papers",
    "take_photo",
    "tick",
    "untick",
]
