"""All accounts and their roles, for site administrators."""

from collections import defaultdict
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts import operations as accounts
from eventsite.accounts.core import Thing
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.permissions import AccountPermission
from eventsite.accounts.queries import accounts_matching, get_account
from eventsite.admin.people.forms import PersonForm, ResetForm, RoleForm
from eventsite.admin.people.links import show_link, taken_link
from eventsite.admin.people.operations import disable_person, reset_person
from eventsite.admin.people.queries import named_roles
from eventsite.audit.queries import history_of
from eventsite.events.models import Event, Membership
from eventsite.events.operations import grant_role, revoke_role
from eventsite.events.queries import get_event, list_events, list_roles_of
from eventsite.kernel.clock import machine_now
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell
from eventsite.web.paging import page_number, paginate

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")


@blueprint.get("/")
@requires(AccountPermission.SEE_PEOPLE)
def index() -> str:
    """List the accounts of the site."""
    search = request.args.get("q", "").strip()
    page = paginate(accounts_matching(search), page_number(request.args.get("page")))
    roles = _roles_by_account([account.id for account in page.items])
    return render_template(
        "people/index.html", page=page, search=search, roles=roles, manages=_manages_site()
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(AccountPermission.MANAGE_PEOPLE)
def new() -> tuple[str, int] | Redirect:
    """Make an account and show its one-time link."""
    form = PersonForm()
    if form.saves(lambda: _make(form)):
        return redirect(url_for("people.show", account_id=form.answer.id), 303)
    return render_template("people/new.html", form=form), form.http_status


@blueprint.get("/<int:account_id>")
@requires(AccountPermission.SEE_PEOPLE)
def show(account_id: int) -> str:
    """Show an account with its roles, and what may be done with it."""
    account = get_account(account_id)
    event = _chosen_event()
    return render_template(
        "people/person.html",
        account=account,
        roles=_roles_by_account([account.id])[account.id],
        form=RoleForm(event),
        reset_form=ResetForm(),
        events=list_events(),
        chosen=event,
        link=taken_link(),
        manages=_manages_site(),
        entries=tell(history_of(None, f"account:{account.id}", limit=20), labels={}),
    )


@blueprint.post("/<int:account_id>/roles")
@requires(AccountPermission.MANAGE_PEOPLE)
def grant(account_id: int) -> Redirect:
    """Give the account a role on the site, or in the event that was chosen."""
    event = _chosen_event()
    form = RoleForm(event)
    form.presses(
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


@blueprint.post("/<int:account_id>/roles/<int:membership_id>/revoke")
@requires(AccountPermission.MANAGE_PEOPLE)
def revoke(account_id: int, membership_id: int) -> Redirect:
    """Take a role away."""
    event = _chosen_event()
    AdminForm().presses(
        lambda: revoke_role(current_actor(), membership_id, event=event), gettext("The role is taken away.")
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


@blueprint.post("/<int:account_id>/reset")
@requires(AccountPermission.MANAGE_PEOPLE)
def reset(account_id: int) -> Redirect:
    """Take password and sessions away and show a one-time link for a new password."""
    form = ResetForm()
    form.presses(lambda: _reset(account_id, form))
    return redirect(url_for("people.show", account_id=account_id), 303)


@blueprint.post("/<int:account_id>/disable")
@requires(AccountPermission.MANAGE_PEOPLE)
def disable(account_id: int) -> Redirect:
    """Close the account on every host."""
    AdminForm().presses(
        lambda: disable_person(current_actor(), account_id, now=machine_now()),
        gettext("The account is disabled, its sessions have ended."),
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


@blueprint.post("/<int:account_id>/enable")
@requires(AccountPermission.MANAGE_PEOPLE)
def enable(account_id: int) -> Redirect:
    """Open a closed account again."""
    AdminForm().presses(
        lambda: accounts.enable_account(current_actor(), account_id), gettext("The account is enabled again.")
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


@blueprint.post("/<int:account_id>/sign-out")
@requires(AccountPermission.MANAGE_PEOPLE)
def sign_out(account_id: int) -> Redirect:
    """End every session of the account."""
    AdminForm().presses(
        lambda: accounts.sign_out_everywhere(current_actor(), account_id, now=machine_now()),
        gettext("All sessions of the account have ended."),
    )
    return redirect(url_for("people.show", account_id=account_id), 303)


def _make(form: PersonForm) -> Account:
    account, secret = accounts.create_account(
        current_actor(), form.email.data or "", now=machine_now(), label=form.label.data or ""
    )
    show_link(secret)
    return account


def _reset(account_id: int, form: ResetForm) -> None:
    again = form.second_factor.data
    show_link(reset_person(current_actor(), account_id, now=machine_now(), second_factor=again))


def _chosen_event() -> Event | None:
    slug = request.args.get("event")
    return get_event(slug) if slug else None


def _manages_site() -> bool:
    return may(AccountPermission.MANAGE_PEOPLE, Thing())


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
