"""One's own account, and the mail that the site has written."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_security import current_user

from eventsite.accounts import queries
from eventsite.accounts.operations import retry_mail, sign_out_everywhere
from eventsite.accounts.permissions import AccountPermission
from eventsite.accounts.queries import digest
from eventsite.accounts.signin.sessions import SECRET
from eventsite.kernel.clock import machine_now
from eventsite.web.access import current_actor, requires
from eventsite.web.forms import AdminForm
from eventsite.web.paging import page_number, paginate

blueprint = Blueprint("accounts", __name__, url_prefix="/admin")
post = Blueprint("post", __name__, url_prefix="/admin")


@blueprint.get("/account")
@requires(AccountPermission.OWN_ACCOUNT)
def account() -> Any:
    """Show one's own account: password, second factor, sessions."""
    return render_template(
        "accounts/account.html",
        account=current_user,
        sign_ins=queries.list_sign_ins(current_user),
        this_key=digest(session.get(SECRET, "")),
        form=AdminForm(),
    )


@blueprint.post("/account/sign-out-everywhere")
@requires(AccountPermission.OWN_ACCOUNT)
def leave_everywhere() -> Any:
    """End every session, this one too."""
    sign_out_everywhere(current_actor(), current_user.id, now=machine_now())
    session.clear()
    flash(gettext("Signed out on all devices."), "ok")
    return redirect(url_for("security.login"), 303)


@post.get("/outbox")
@requires(AccountPermission.READ_OUTBOX)
def outbox() -> Any:
    """List the mail that the site has written; where no server is set it is read here."""
    page = paginate(queries.outbox(), page_number(request.args.get("page")), 20)
    return render_template("accounts/outbox.html", page=page, sends=bool(current_app.config["SMTP_URL"]))


@post.post("/outbox/<int:number>/retry")
@requires(AccountPermission.RETRY_MAIL)
def retry(number: int) -> Any:
    """Have a mail that was given up sent again."""
    AdminForm().presses(
        lambda: retry_mail(current_actor(), number), gettext("The mail waits to be sent again.")
    )
    return redirect(url_for(".outbox"), 303)
