"""What we hand to Flask-Security: settings, where it stores, what it counts, and what its pages may lead to.

It brings password hashing, TOTP, recovery codes and freshness. Sessions that can be ended on every host,
limits, the audit log and the write path are ours.
"""

from flask import Flask
from flask_security import Security

from eventsite.accounts import forms
from eventsite.accounts.models import Account
from eventsite.accounts.signin import guard, sessions, settings
from eventsite.accounts.signin.factors import OneTimeCodes, ReplaySafeTotp
from eventsite.accounts.signin.policy import SitePasswords
from eventsite.accounts.signin.store import AccountStore, Addresses
from eventsite.database import db
from eventsite.web import limits


def init_app(app: Flask) -> None:
    """Bind Flask-Security to the application, with our storage, forms and sessions."""
    limits.init_app(app)
    settings.apply(app)
    security = Security(
        totp_cls=ReplaySafeTotp,
        mf_recovery_codes_util_cls=OneTimeCodes,
        password_util_cls=SitePasswords,
        mail_util_cls=Addresses,
    )
    security.init_app(
        app,
        AccountStore(db, Account, None),  # type: ignore[arg-type]  # roles are memberships
        login_form=forms.SignInForm,
        verify_form=forms.AgainForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryCodeForm,
    )
    security.want_json(lambda _: False)
    security.unauthn_handler(guard.ask_to_sign_in)
    sessions.init_app(app)
    guard.init_app(app)
