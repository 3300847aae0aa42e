"""The site's rules for new passwords, as Flask-Security asks for them."""

from typing import Any

from flask import current_app
from flask_security import PasswordUtil

from eventsite.accounts.models import Account
from eventsite.accounts.signin.settings import policy
from eventsite.kernel.errors import DomainError
from eventsite.kernel.passwords import check_password
from eventsite.web.language import say


class SitePasswords(PasswordUtil):
    """Answers with the sentence of what is wrong, in the reader's language."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return what is wrong with a new password (`None`: nothing) and its one spelling."""
        account: Account | None = kwargs.get("user")
        own = (account.email, account.label) if account else ()
        spelled = self.normalize(password)
        try:
            check_password(spelled, policy(current_app), own_words=own)
        except DomainError as error:
            return [say(error)], spelled
        return None, spelled
