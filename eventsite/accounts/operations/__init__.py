"""Changing accounts: making and resetting them, sessions, what Flask-Security changes, and mail."""

from eventsite.accounts.operations.people import (
    create_account,
    disable_account,
    enable_account,
    mail_link,
    reset_account,
    set_password_by_link,
)
from eventsite.accounts.operations.post import Attachment, forget_mail, post_mail, retry_mail, send_waiting
from eventsite.accounts.operations.sessions import (
    end_sign_in,
    record_failure,
    save_changes,
    sign_out_everywhere,
    start_sign_in,
    use_counter,
    use_recovery_code,
)

__all__ = [
    "Attachment",
    "create_account",
    "disable_account",
    "enable_account",
    "end_sign_in",
    "forget_mail",
    "mail_link",
    "post_mail",
    "record_failure",
    "reset_account",
    "retry_mail",
    "save_changes",
    "send_waiting",
    "set_password_by_link",
    "sign_out_everywhere",
    "start_sign_in",
    "use_counter",
    "use_recovery_code",
]
