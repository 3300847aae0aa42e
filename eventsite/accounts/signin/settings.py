"""Flask-Security's settings: its pages under /admin/, what is on, its keys outside the database."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from eventsite.kernel.clock import machine_now
from eventsite.kernel.passwords import SHORTEST, PasswordPolicy
from eventsite.kernel.secretfile import kept_secret
from eventsite.kernel.words import N_

ADDRESSES = {
    "LOGIN_URL": "/admin/login",
    "LOGOUT_URL": "/admin/logout",
    "VERIFY_URL": "/admin/verify",
    "CHANGE_URL": "/admin/change-password",
    "TWO_FACTOR_SETUP_URL": "/admin/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/admin/code",
    "TWO_FACTOR_RESCUE_URL": "/admin/rescue",
    "TWO_FACTOR_SELECT_URL": "/admin/select-factor",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/admin/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/admin/recovery",
}
LEADS_TO = {
    "POST_LOGIN_VIEW": "admin.index",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_CHANGE_VIEW": "accounts.account",
    "POST_VERIFY_VIEW": "accounts.account",
    "TWO_FACTOR_POST_SETUP_VIEW": "accounts.account",
    "TWO_FACTOR_ERROR_VIEW": "security.login",
}
WORDS = {
    "GENERIC_AUTHN_FAILED": (N_("E-mail or password is wrong."), "bad"),
    "INVALID_PASSWORD": (N_("The password is wrong."), "bad"),
    "PASSWORD_NOT_PROVIDED": (N_("Enter the password."), "bad"),
    "EMAIL_NOT_PROVIDED": (N_("Enter the e-mail address."), "bad"),
    "PASSWORD_IS_THE_SAME": (N_("The new password is the old one."), "bad"),
    "PASSWORD_CHANGE": (N_("Password changed. All other sessions have ended."), "ok"),
    "TWO_FACTOR_INVALID_TOKEN": (N_("The code is wrong or was used before. Enter the next one."), "bad"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("You have signed in."), "ok"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (N_("The second factor is on."), "ok"),
    "TWO_FACTOR_DISABLED": (N_("The second factor is off."), "ok"),
    "TWO_FACTOR_PERMISSION_DENIED": (N_("Sign in first."), "bad"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("This took too long. Begin again."), "bad"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (
        N_("The second factor cannot be switched off for this account."),
        "bad",
    ),
    "API_ERROR": (N_("This took too long. Begin again."), "bad"),
    "INVALID_RECOVERY_CODE": (N_("The recovery code is wrong or was used before."), "bad"),
    "REAUTHENTICATION_REQUIRED": (N_("Enter your password again: the next page is sensitive."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Thank you. Go on."), "ok"),
    "ANONYMOUS_USER_REQUIRED": (N_("You have signed in already."), "info"),
}


def apply(app: Flask) -> None:
    """Fill in what the application's own configuration leaves open."""
    for name, value in (*ADDRESSES.items(), *LEADS_TO.items(), *_features().items(), *_keys(app).items()):
        app.config.setdefault(f"SECURITY_{name}", value)
    for name, words in WORDS.items():
        app.config.setdefault(f"SECURITY_MSG_{name}", words)
    app.config.setdefault("SESSION_PROTECTION", None)  # phones change their address; sessions are ended by us


def policy(app: Flask) -> PasswordPolicy:
    """Return the site's password policy."""
    return PasswordPolicy(app.config["PASSWORD_POLICY"])


def _features() -> dict[str, Any]:
    return {
        "CHANGEABLE": True,
        "TRACKABLE": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "FRESHNESS": timedelta(minutes=15),
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
        "JOIN_USER_ROLES": False,
        "PASSWORD_LENGTH_MIN": SHORTEST,
        "SEND_PASSWORD_CHANGE_EMAIL": False,
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "USERNAME_MIN_LENGTH": 2,
        "CACHE_CONTROL": None,  # the edge says it for every page
        "STATIC_FOLDER": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "DATETIME_FACTORY": machine_now,
    }


def _keys(app: Flask) -> dict[str, Any]:
    folder = Path(app.config["KEYS_DIR"])
    root = Path(app.root_path).parent
    plaintext = app.config.get("SECURITY_PASSWORD_HASH") == "plaintext"
    return {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["plaintext"] if plaintext else ["argon2"],
        "PASSWORD_SINGLE_HASH": [
            "argon2",
            "plaintext",
        ],  # argon2 salts by itself; no key whose loss loses all
        "TOTP_SECRETS": {"1": kept_secret(folder / "totp").hex()},
        "TOTP_ISSUER": app.config["BASE_URL"].split("://", 1)[-1].split(":")[0],
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(kept_secret(folder / "recovery"))],
        "I18N_DOMAIN": "messages",
        "I18N_DIRNAME": [str(root / "translations")],
    }
