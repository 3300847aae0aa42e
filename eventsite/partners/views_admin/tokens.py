"""Issuing and revoking tokens, and the list of all."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.partners import operations, sheets
from eventsite.partners.forms import TokenForm
from eventsite.partners.permissions import PartnerPermission
from eventsite.partners.queries import get_organization, get_token, last_used, list_tokens
from eventsite.partners.views_admin import blueprint
from eventsite.partners.views_admin.scopes import organization_scopes, seen, show_once, token_scopes
from eventsite.partners.views_public.doors import sealer
from eventsite.web.access import current_actor, requires
from eventsite.web.forms import AdminForm
from eventsite.web.lists import list_page, render_list, searched
from eventsite.web.passes import keyring


@list_page(blueprint, "/tokens")
@requires(PartnerPermission.SEE_PARTNERS)
def tokens(event: Event) -> Any:
    """List the tokens with their state and when each was used last."""
    rows = seen(event, list_tokens(event), lambda row: row.organization)
    return render_list(
        "partners/admin/tokens.html",
        searched(rows),
        table=sheets.TOKENS,
        now=clock.now(),
        used=last_used(event),
    )


@blueprint.route("/organizations/<ref>/new-token", methods=["GET", "POST"])
@requires(PartnerPermission.MANAGE_TOKENS, scopes=organization_scopes)
def new_token(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Issue a token; the partner's page shows it once."""
    organization, form = get_organization(event, ref), TokenForm(zone=event.zone)

    def issue() -> operations.Issued:
        return operations.issue_token(
            current_actor(),
            event,
            organization,
            form.facts,
            keyring=keyring(),
            sealer=sealer(),
            now=clock.now(),
        )

    if form.saves(issue):
        show_once(f"tokens:{organization.ref}", form.answer.token)
        return redirect(url_for(".partner", event=event.slug, ref=ref), 303)
    page = render_template("partners/admin/new_token.html", form=form, organization=organization)
    return page, form.http_status


@blueprint.post("/tokens/<int:token_id>/revoke")
@requires(PartnerPermission.MANAGE_TOKENS, scopes=token_scopes, archived=True)
def revoke(event: Event, token_id: int) -> Redirect:
    """Let a token open nothing from now on; it opens an archived event, so it can be revoked there, too."""
    token = get_token(event, token_id)
    ref = token.organization.ref
    AdminForm().presses(
        lambda: operations.revoke_token(current_actor(), event, token_id, now=clock.now()),
        _("The token is revoked: it opens nothing any more."),
    )
    return redirect(url_for(".partner", event=event.slug, ref=ref), 303)
