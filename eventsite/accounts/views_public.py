"""Pages before signing in: a password from a one-time link, and a new link by mail."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import hash_password

from eventsite.accounts.core import system
from eventsite.accounts.forms import LINKS_PER_ADDRESS, PER_ACCOUNT, ForgottenForm, SetPasswordForm, origin
from eventsite.accounts.operations import mail_link, set_password_by_link
from eventsite.accounts.queries import find_link
from eventsite.accounts.signin.settings import policy
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import Closed, DomainError, NotFound
from eventsite.kernel.passwords import check_password
from eventsite.kernel.words import N_
from eventsite.web.access import public
from eventsite.web.language import say
from eventsite.web.limits import spend
from eventsite.web.links import absolute

blueprint = Blueprint("accounts_public", __name__, url_prefix="/admin")


@blueprint.route("/setup/<secret>", methods=["GET", "POST"])
@public
def set_password(secret: str) -> Any:
    """Set an account's password; a link that is over looks like one that never was."""
    spend(LINKS_PER_ADDRESS, origin())
    found = find_link(secret, machine_now())
    if found is None:
        raise Closed(N_("This link has been used or has expired. Ask for a new one."))
    account, form = found[1], SetPasswordForm()
    if form.validate_on_submit() and _accepted(form, account.email, account.label):
        set_password_by_link(
            secret, hash_password(form.password.data or ""), now=machine_now(), origin=origin()
        )
        flash(gettext("The password is set. Sign in with it."), "ok")
        return redirect(url_for("security.login"), 303)
    return render_template("accounts/set_password.html", form=form, account=account)


@blueprint.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Any:
    """Mail a one-time link; where the site cannot send mail this page does not exist."""
    if not current_app.config["SMTP_URL"]:
        raise NotFound(N_("There is no such page."))
    form = ForgottenForm()
    address = form.email.data or ""
    if form.validate_on_submit():
        spend(LINKS_PER_ADDRESS, origin())
        spend(PER_ACCOUNT, f"link:{address.lower()}")
        _mail_link(address)
        flash(gettext("If there is an account with this e-mail address, a link is on its way to it."), "ok")
        return redirect(url_for("security.login"), 303)
    return render_template("accounts/forgotten.html", form=form)


def _accepted(form: SetPasswordForm, *own_words: str) -> bool:
    try:
        check_password(form.password.data or "", policy(current_app), own_words=own_words)
    except DomainError as error:
        form.password.errors = [*form.password.errors, say(error)]
        return False
    return True


def _mail_link(address: str) -> None:
    """Leave the mail to the job that empties the outbox: the answer takes as long for an unknown address."""
    now = machine_now()
    placeholder = "SECRET"
    link = absolute("accounts_public.set_password", secret=placeholder)
    body = gettext(
        "Open this link within 72 hours to set a new password: %(link)s\n\n"
        "If you did not ask for it, do nothing: the password stays as it is.",
        link=link,
    )
    subject = gettext("A new password for the fair's site")
    mail_link(system("forgotten"), address, subject, body, placeholder, now=now)
