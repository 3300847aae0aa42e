"""People and their roles: all accounts for site administrators, an event's own members for its organizers."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext

from eventsite.accounts import operations as accounts
from eventsite.accounts.core import Thing
from eventsite.accounts.enums import Role
from eventsite.accounts.forms import PlainForm
from eventsite.accounts.permissions import AccountPermission
from eventsite.accounts.queries import accounts_matching, get_account
from eventsite.admin.people.forms import MemberForm, PersonForm, ResetForm, RoleForm
from eventsite.admin.people.operations import add_member
from eventsite.admin.people.queries import named_roles
from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Membership
from eventsite.events.operations import grant_role, revoke_role
from eventsite.events.queries import get_event, list_events, list_members, list_roles_of
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import DomainError
from eventsite.web.access import current_actor, may, requires
from eventsite.web.history import tell
from eventsite.web.language import say
from eventsite.web.links import absolute
from eventsite.web.paging import page_number, paginate

people = Blueprint("people", __name__, url_prefix="/admin/people")
members = Blueprint("members", __name__, url_prefix="/admin/e/<slug:event>/people")
LINK = "shown_link"


@people.get("/")
@requires(AccountPermission.SEE_PEOPLE)
def index() -> Any:
    """List the accounts of the site."""
    search = request.args.get("q", "").strip()
    page = paginate(accounts_matching(search), page_number(request.args.get("page")))
    roles = _roles_by_account([account.id for account in page.items])
    return render_template(
        "people/index.html", page=page, search=search, roles=roles, manages=_manages_site()
    )


@people.route("/new", methods=["GET", "POST"])
@requires(AccountPermission.MANAGE_PEOPLE)
def new() -> Any:
    """Make an account and show its one-time link."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            account, secret = accounts.create_account(
                current_actor(), form.email.data or "", now=machine_now(), label=form.label.data or ""
            )
        except DomainError as error:
            form.lay(error)
        else:
            _show_link(secret)
            return redirect(url_for("people.show", account_id=account.id), 303)
    return render_template("people/new.html", form=form)


@people.get("/<int:account_id>")
@requires(AccountPermission.SEE_PEOPLE)
def show(account_id: int) -> Any:
    """Show an account with its roles, and what may be done with it."""
    account = get_account(account_id)
    event = get_event(request.args["event"]) if request.args.get("event") else None
    return render_template(
        "people/person.html",
        account=account,
        roles=_roles_by_account([account.id])[account.id],
        form=RoleForm(event),
        reset_form=ResetForm(),
        events=list_events(),
        chosen=event,
        link=_taken_link(),
        manages=_manages_site(),
        entries=tell(history_of(None, f"account:{account.id}", limit=20), labels={}),
    )


@people.post("/<int:account_id>/roles")
@requires(AccountPermission.MANAGE_PEOPLE)
def grant(account_id: int) -> Any:
    """Give the account a role on the site, or in the event that was chosen."""
    event = get_event(request.args["event"]) if request.args.get("event") else None
    form = RoleForm(event)
    if form.validate_on_submit():
        _try(
            lambda: grant_role(
                current_actor(),
                account_id,
                Role(form.role.data),
                event=event,
                now=machine_now(),
                scope=form.scope.data,
            ),
            gettext("The role is given; it holds from the next page on."),
        )
    return redirect(url_for("people.show", account_id=account_id), 303)


@people.post("/<int:account_id>/roles/<int:membership_id>/revoke")
@requires(AccountPermission.MANAGE_PEOPLE)
def revoke(account_id: int, membership_id: int) -> Any:
    """Take a role away."""
    event = get_event(request.args["event"]) if request.args.get("event") else None
    _act(lambda: revoke_role(current_actor(), membership_id, event=event), gettext("The role is taken away."))
    return redirect(url_for("people.show", account_id=account_id), 303)


@people.post("/<int:account_id>/reset")
@requires(AccountPermission.MANAGE_PEOPLE)
def reset(account_id: int) -> Any:
    """Take password and sessions away and show a one-time link for a new password."""
    form = ResetForm()
    if form.validate_on_submit():
        _show_link(
            accounts.reset_account(
                current_actor(), account_id, now=machine_now(), second_factor=form.second_factor.data
            )
        )
    return redirect(url_for("people.show", account_id=account_id), 303)


@people.post("/<int:account_id>/disable")
@requires(AccountPermission.MANAGE_PEOPLE)
def disable(account_id: int) -> Any:
    """Close the account on every host."""
    _act(
        lambda: accounts.disable_account(current_actor(), account_id, now=machine_now()),
        gettext("The account is disabled, its sessions have ended."),
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


@people.post("/<int:account_id>/enable")
@requires(AccountPermission.MANAGE_PEOPLE)
def enable(account_id: int) -> Any:
    """Open a closed account again."""
    _act(
        lambda: accounts.enable_account(current_actor(), account_id), gettext("The account is enabled again.")
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


@people.post("/<int:account_id>/sign-out")
@requires(AccountPermission.MANAGE_PEOPLE)
def sign_out(account_id: int) -> Any:
    """End every session of the account."""
    _act(
        lambda: accounts.sign_out_everywhere(current_actor(), account_id, now=machine_now()),
        gettext("All sessions of the account have ended."),
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


@members.get("/")
@requires(AccountPermission.SEE_MEMBERS)
def show_members(event: Event) -> Any:
    """List who belongs to the event, with what."""
    rows = list_members(event)
    return render_template(
        "people/members.html",
        rows=rows,
        words=named_roles([(row, event) for row, _ in rows]),
        link=_taken_link(),
        manages=may(AccountPermission.MANAGE_MEMBERS, Thing(event_id=event.id)),
    )


@members.route("/new", methods=["GET", "POST"])
@requires(AccountPermission.MANAGE_MEMBERS)
def add(event: Event) -> Any:
    """Give somebody a role in the event; a new account's one-time link is shown once."""
    form = MemberForm(event)
    if form.validate_on_submit():
        try:
            _, secret = add_member(
                current_actor(),
                form.email.data or "",
                Role(form.role.data),
                event=event,
                now=machine_now(),
                label=form.label.data or "",
                scope=form.scope.data,
            )
        except DomainError as error:
            form.lay(error)
        else:
            if secret:
                _show_link(secret)
            flash(gettext("The role is given; it holds from the next page on."), "ok")
            return redirect(url_for("members.show_members", event=event.slug), 303)
    return render_template("people/add.html", form=form)


@members.post("/<int:membership_id>/revoke")
@requires(AccountPermission.MANAGE_MEMBERS)
def dismiss(event: Event, membership_id: int) -> Any:
    """Take a role of the event away."""
    _act(lambda: revoke_role(current_actor(), membership_id, event=event), gettext("The role is taken away."))
    return redirect(url_for("members.show_members", event=event.slug), 303)


def _manages_site() -> bool:
    return may(AccountPermission.MANAGE_PEOPLE, Thing())


def _act(call: Callable[[], object], done: str) -> None:
    """Do what a button asks for and say how it went."""
    if PlainForm().validate_on_submit():
        _try(call, done)


def _try(call: Callable[[], object], done: str) -> None:
    try:
        call()
    except DomainError as error:
        flash(say(error), "bad")
    else:
        flash(done, "ok")


def _show_link(secret: str) -> None:
    """Keep a one-time link for the next page, which shows it once."""
    session[LINK] = secret


def _taken_link() -> str:
    secret = session.pop(LINK, "")
    return absolute("accounts_public.set_password", secret=secret) if secret else ""


def _roles_by_account(
    account_ids: Sequence[int],
) -> dict[int, list[tuple[Membership, Event | None, str, str]]]:
    """Return the roles of each account with their words."""
    rows = list_roles_of(account_ids)
    words = named_roles(rows)
    found: dict[int, list[tuple[Membership, Event | None, str, str]]] = defaultdict(list)
    for membership, event in rows:
        found[membership.account_id].append((membership, event, *words[membership.id]))
    return found
