"""Forms of signing in and of one's own account. Each attempt is counted before it is checked."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from flask_security import current_user
from flask_security.forms import (
    ChangePasswordForm,
    LoginForm,
    RequiredLocalize,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from flask_wtf import FlaskForm
from limits import RateLimitItemPerDay, RateLimitItemPerMinute
from wtforms import EmailField, PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired, Length

from eventsite.accounts.models import Account
from eventsite.accounts.operations import record_failure
from eventsite.accounts.queries import find_account
from eventsite.accounts.signin.devices import known_device, remember_device
from eventsite.accounts.signin.targets import inside
from eventsite.kernel.passwords import LONGEST
from eventsite.web.forms import AdminForm
from eventsite.web.limits import forgive, spend

# A venue shares one address, so the account is counted first and the address gets room for a whole team.
PER_ACCOUNT = RateLimitItemPerMinute(5, 15, namespace="sign-in-account")
PER_ACCOUNT_AND_ADDRESS = RateLimitItemPerDay(10, namespace="sign-in-account-address")
PER_ADDRESS = RateLimitItemPerMinute(100, 15, namespace="sign-in-address")
PER_DEVICE = RateLimitItemPerMinute(5, 15, namespace="sign-in-device")
PER_DEVICE_DAY = RateLimitItemPerDay(20, namespace="sign-in-device-day")
PER_SECOND_FACTOR = RateLimitItemPerMinute(5, 15, namespace="second-factor")
PER_SECOND_FACTOR_DAY = RateLimitItemPerDay(20, namespace="second-factor-day")
LINKS_PER_ADDRESS = RateLimitItemPerMinute(30, 15, namespace="setup-link")
DIFFER = lazy_gettext("The two passwords differ.")
CODE_KEYS = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}


def origin() -> str:
    """Return the address that a request came from."""
    return request.remote_addr or ""


def count_sign_in(address: str) -> None:
    """Count an attempt at an account before anything is checked; `Throttled` past the limits.

    A device that has signed in to the account before has counters of its own: whoever knows the address of an
    account can use up everybody's tries, and not those of its owner.
    """
    name = address.strip().lower()[:254]
    device = known_device(name)
    if device is not None:
        spend(PER_DEVICE_DAY, name, device)
        spend(PER_DEVICE, name, device)
        return
    spend(PER_ADDRESS, origin())
    spend(PER_ACCOUNT_AND_ADDRESS, name, origin())
    spend(PER_ACCOUNT, name)


def forgive_sign_in(address: str) -> None:
    """Forget the attempts at an account: the password was right."""
    name = address.strip().lower()[:254]
    device = known_device(name)
    if device is None:
        forgive(PER_ACCOUNT, name)
        forgive(PER_ACCOUNT_AND_ADDRESS, name, origin())
    else:
        forgive(PER_DEVICE, name, device)
        forgive(PER_DEVICE_DAY, name, device)
    remember_device(name)


def count_second_factor(account: Account) -> None:
    """Count an attempt at a second factor before it is checked."""
    spend(PER_SECOND_FACTOR_DAY, str(account.id))
    spend(PER_SECOND_FACTOR, str(account.id))


def forgive_second_factor(account: Account) -> None:
    """Forget the attempts at a second factor: the code was right."""
    forgive(PER_SECOND_FACTOR, str(account.id))
    forgive(PER_SECOND_FACTOR_DAY, str(account.id))


class SignInForm(LoginForm):
    """Address and password. An address without an account costs the same time and gets the same words."""

    email = EmailField(
        lazy_gettext("E-mail"),
        validators=[RequiredLocalize(message="EMAIL_NOT_PROVIDED"), Length(max=254)],
        render_kw={"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED"), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = None  # type: ignore[assignment]

    def validate_next(self, field: Any) -> None:
        """Drop a target that is not one of ours, without a word."""
        field.data = inside(field.data or "") or ""

    def validate(self, **kwargs: Any) -> bool:
        """Count, check, and log a failure."""
        address = str(self.email.data or "")
        count_sign_in(address)
        if super().validate(**kwargs):
            forgive_sign_in(address)
            return True
        if address and self.password.data:
            account = self.user or find_account(address)
            record_failure(
                origin(), account_id=account.id if account else None, address=address, step="password"
            )
        return False


class AgainForm(VerifyForm):
    """The password once more, before a sensitive page."""

    password = SignInForm.password  # type: ignore[assignment]

    def validate_next(self, field: Any) -> None:
        """Drop a target that is not one of ours, without a word."""
        field.data = inside(field.data or "") or ""

    def validate(self, **kwargs: Any) -> bool:
        """Count, check, and log a failure."""
        return _checked_password(self, super().validate, kwargs, "password again")


class NewPasswordForm(ChangePasswordForm):
    """The old password and, twice, the new one."""

    password = PasswordField(
        lazy_gettext("Current password"),
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED"), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        lazy_gettext("New password"),
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED"), Length(max=LONGEST)],
        render_kw={"autocomplete": "new-password"},
    )
    new_password_confirm = PasswordField(
        lazy_gettext("New password again"),
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED"), EqualTo("new_password", DIFFER)],
        render_kw={"autocomplete": "new-password"},
    )

    def validate(self, **kwargs: Any) -> bool:
        """Count, check, and log a failure."""
        return _checked_password(self, super().validate, kwargs, "password change")


def _checked_password(form: Any, check: Any, kwargs: dict[str, Any], step: str) -> bool:
    """Count, check and log the password of who is signed in; a form of the wrong shape asks nothing of it."""
    if not FlaskForm.validate(form, **kwargs):
        return False
    account_id, address = current_user.id, str(current_user.email)
    count_sign_in(address)
    right = bool(check(**kwargs))
    if right or not form.password.errors:
        forgive_sign_in(address)
    else:
        record_failure(origin(), account_id=account_id, address=address, step=step)
    return right


class CodeForm(TwoFactorVerifyCodeForm):
    """Six digits from the authenticator app."""

    code = StringField(
        lazy_gettext("Code from the app"),
        filters=[lambda value: "".join(value.split()) if value else value],
        validators=[InputRequired(lazy_gettext("Enter the code.")), Length(max=12)],
        render_kw=CODE_KEYS,
    )

    def validate(self, **kwargs: Any) -> bool:
        """Count, check, and log a failure."""
        return _checked_code(self, super().validate, kwargs, "code")


class RecoveryCodeForm(MfRecoveryForm):
    """One of the codes that were written down."""

    code = StringField(
        lazy_gettext("Recovery code"),
        validators=[InputRequired(lazy_gettext("Enter the code.")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )

    def validate(self, **kwargs: Any) -> bool:
        """Count, check, and log a failure."""
        return _checked_code(self, super().validate, kwargs, "recovery code")


def _checked_code(form: Any, check: Any, kwargs: dict[str, Any], step: str) -> bool:
    account: Account = form.user
    count_second_factor(account)
    right = bool(check(**kwargs))
    if right:
        forgive_second_factor(account)
    else:
        record_failure(origin(), account_id=account.id, address=account.email, step=step)
    return right


class SetPasswordForm(FlaskForm):
    """The password of an account whose one-time link was opened."""

    password = PasswordField(
        lazy_gettext("New password"),
        validators=[InputRequired(lazy_gettext("Enter the password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_gettext("New password again"),
        validators=[InputRequired(lazy_gettext("Enter the password.")), EqualTo("password", DIFFER)],
        render_kw={"autocomplete": "new-password"},
    )
    submit = SubmitField(lazy_gettext("Set the password"))


class ForgottenForm(AdminForm):
    """The address of somebody who has forgotten the password."""

    email = EmailField(
        lazy_gettext("E-mail"),
        validators=[InputRequired(lazy_gettext("Enter the e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"},
    )
