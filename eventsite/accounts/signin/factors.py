"""Second factors that work once: a time step and a recovery code are each taken by one write."""

from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import request
from flask_security import MfRecoveryCodesUtil, Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch

from eventsite.accounts.core import Actor
from eventsite.accounts.operations import use_counter, use_recovery_code


class ReplaySafeTotp(Totp):
    """Remembers the last time step of each account; of two requests with one code, one is let in."""

    def get_last_counter(self, user: Any) -> int | None:
        """Return the step that was taken last."""
        return user.tf_last_counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Take the step of a right code; `UsedTokenError`, so "wrong", where another was quicker."""
        if not use_counter(user.id, tmatch.counter):
            raise UsedTokenError


class OneTimeCodes(MfRecoveryCodesUtil):
    """Recovery codes, encrypted by a key outside the database, that are used up in a write of their own."""

    cryptor: MultiFernet

    def setup_cryptor(self, keys: list[bytes]) -> None:
        """Prepare the keys; the first encrypts."""
        self.cryptor = MultiFernet([Fernet(key) for key in keys])

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Tell whether the code, with or without its hyphens, is one of the account's."""
        return any(self._opens(stored, code) for stored in user.mf_recovery_codes or [])

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Use the code up; `Conflict` where another request has just done so."""
        actor = Actor(ref=f"account:{user.id}", label=user.label, origin=request.remote_addr or "")
        use_recovery_code(actor, user.id, lambda stored: self._opens(stored, code))
        return True

    def _opens(self, stored: str, code: str) -> bool:
        try:
            return _plain(self.cryptor.decrypt(stored.encode()).decode()) == _plain(code)
        except InvalidToken:
            return False


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()
