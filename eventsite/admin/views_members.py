"""People of an event and their roles in it, for its organizers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.accounts.enums import Role
from eventsite.accounts.permissions import AccountPermission
from eventsite.admin.people.forms import MemberForm
from eventsite.admin.people.links import show_link, taken_link
from eventsite.admin.people.operations import add_member
from eventsite.admin.people.queries import named_roles
from eventsite.events.models import Event
from eventsite.events.operations import revoke_role
from eventsite.events.queries import list_members
from eventsite.kernel.clock import machine_now
from eventsite.web.access import current_actor, may, requires
from eventsite.web.collation import sort_key
from eventsite.web.forms import AdminForm

blueprint = Blueprint("members", __name__, url_prefix="/admin/e/<slug:event>/people")


@blueprint.get("/")
@requires(AccountPermission.SEE_MEMBERS)
def show_members(event: Event) -> str:
    """List who belongs to the event, with what."""
    rows = sorted(list_members(event), key=lambda row: sort_key(row[1].label))
    return render_template(
        "people/members.html",
        rows=rows,
        words=named_roles([(row, event) for row, _ in rows]),
        link=taken_link(),
        manages=may(AccountPermission.MANAGE_MEMBERS, Thing(event_id=event.id)),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(AccountPermission.MANAGE_MEMBERS)
def add(event: Event) -> tuple[str, int] | Redirect:
    """Give somebody a role in the event; a new account's one-time link is shown once."""
    form = MemberForm(event)
    if form.saves(lambda: _add(event, form)):
        flash(gettext("The role is given; it holds from the next page on."), "ok")
        return redirect(url_for("members.show_members", event=event.slug), 303)
    return render_template("people/add.html", form=form), form.http_status


@blueprint.post("/<int:membership_id>/revoke")
@requires(AccountPermission.MANAGE_MEMBERS)
def dismiss(event: Event, membership_id: int) -> Redirect:
    """Take a role of the event away."""
    AdminForm().presses(
        lambda: revoke_role(current_actor(), membership_id, event=event), gettext("The role is taken away.")
    )
    return redirect(url_for("members.show_members", event=event.slug), 303)


def _add(event: Event, form: MemberForm) -> None:
    _, secret = add_member(
        current_actor(),
        form.email.data or "",
        Role(form.role.data),
        event=event,
        now=machine_now(),
        label=form.label.data or "",
        scope=form.scope.data,
    )
    if secret:
        show_link(secret)
