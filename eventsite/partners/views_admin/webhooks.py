"""Adding, changing, testing and switching webhooks, and the list of their deliveries."""

from collections.abc import Callable
from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.partners import operations, sheets
from eventsite.partners.core.addresses import Bounds, bounds_of
from eventsite.partners.core.webhooks import WebhookFacts
from eventsite.partners.enums import HookEvent
from eventsite.partners.forms import WebhookForm
from eventsite.partners.models import Webhook
from eventsite.partners.permissions import PartnerPermission, partner_thing
from eventsite.partners.queries import get_delivery, get_organization, get_webhook, list_deliveries
from eventsite.partners.views_admin import blueprint
from eventsite.partners.views_admin.scopes import (
    delivery_scopes,
    organization_scopes,
    seen,
    show_once,
    taken_once,
    webhook_scopes,
)
from eventsite.partners.views_public.doors import sealer
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm, labels_of
from eventsite.web.history import tell
from eventsite.web.links import base_url
from eventsite.web.lists import list_page, render_list, searched

LATEST = 20
MANAGE = PartnerPermission.MANAGE_WEBHOOKS


def bounds() -> Bounds:
    """Return what the site's settings let webhooks point to."""
    return bounds_of(current_app.config)


@list_page(blueprint, "/deliveries")
@requires(PartnerPermission.SEE_PARTNERS)
def deliveries(event: Event) -> Any:
    """List the deliveries of webhooks, newest first."""
    rows = seen(event, list_deliveries(event), lambda row: row.webhook.organization)
    return render_list("partners/admin/deliveries.html", searched(rows), table=sheets.DELIVERIES)


@blueprint.route("/organizations/<ref>/new-webhook", methods=["GET", "POST"])
@requires(MANAGE, scopes=organization_scopes)
def new_webhook(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Add a webhook; its page shows the secret once."""
    organization, form = get_organization(event, ref), WebhookForm()

    def add() -> operations.Added:
        return operations.add_webhook(
            current_actor(),
            event,
            organization,
            form.facts,
            bounds=bounds(),
            sealer=sealer(),
            now=clock.now(),
        )

    if form.saves(add):
        return _show_secret(event, form.answer)
    page = render_template("partners/admin/new_webhook.html", form=form, organization=organization)
    return page, form.http_status


@blueprint.route("/webhooks/<int:webhook_id>", methods=["GET"])
@requires(PartnerPermission.SEE_PARTNER, scopes=webhook_scopes)
def webhook(event: Event, webhook_id: int) -> str:
    """Show a webhook with its form, its deliveries and its history."""
    shown = get_webhook(event, webhook_id)
    form = WebhookForm(before=_facts(shown), version=shown.version)
    return _page(event, shown, form)


@blueprint.post("/webhooks/<int:webhook_id>")
@requires(MANAGE, scopes=webhook_scopes)
def edit_webhook(event: Event, webhook_id: int) -> tuple[str, int] | Redirect:
    """Change where a webhook points and what it hears of."""
    shown = get_webhook(event, webhook_id)
    form = WebhookForm(before=_facts(shown))

    def save() -> Webhook:
        return operations.edit_webhook(
            current_actor(), event, webhook_id, form.facts, seen=form.read_at, bounds=bounds()
        )

    if form.saves(save):
        return _back(event, webhook_id)
    return _page(event, shown, form), form.http_status


@blueprint.post("/webhooks/<int:webhook_id>/test")
@requires(MANAGE, scopes=webhook_scopes)
def test_webhook(event: Event, webhook_id: int) -> Redirect:
    """Queue a test delivery."""
    return _press(
        event,
        webhook_id,
        lambda: operations.send_test(current_actor(), event, webhook_id, site=base_url(), now=clock.now()),
        _("A test goes out within a minute; its answer will stand below."),
    )


@blueprint.post("/webhooks/<int:webhook_id>/secret")
@requires(MANAGE, scopes=webhook_scopes)
def renew_secret(event: Event, webhook_id: int) -> Redirect:
    """Give the webhook a new secret and show it once."""
    form = AdminForm()
    form.presses(lambda: operations.renew_secret(current_actor(), event, webhook_id, sealer=sealer()))
    return _show_secret(event, form.answer) if form.answer else _back(event, webhook_id)


@blueprint.post("/webhooks/<int:webhook_id>/disable")
@requires(MANAGE, scopes=webhook_scopes, archived=True)
def disable_webhook(event: Event, webhook_id: int) -> Redirect:
    """Switch the webhook off."""
    return _press(
        event,
        webhook_id,
        lambda: operations.disable_webhook(current_actor(), event, webhook_id, now=clock.now()),
        _("The webhook is switched off. What happens meanwhile it hears of once it is on again."),
    )


@blueprint.post("/webhooks/<int:webhook_id>/enable")
@requires(MANAGE, scopes=webhook_scopes)
def enable_webhook(event: Event, webhook_id: int) -> Redirect:
    """Switch the webhook on."""
    return _press(
        event,
        webhook_id,
        lambda: operations.enable_webhook(current_actor(), event, webhook_id),
        _("The webhook is switched on."),
    )


@blueprint.post("/deliveries/<int:delivery_id>/again")
@requires(MANAGE, scopes=delivery_scopes)
def send_again(event: Event, delivery_id: int) -> Redirect:
    """Send a delivery once more."""
    webhook_id = get_delivery(event, delivery_id).webhook_id
    return _press(
        event,
        webhook_id,
        lambda: operations.send_again(current_actor(), event, delivery_id, now=clock.now()),
        _("It goes out again within a minute, under the same id."),
    )


def _page(event: Event, shown: Webhook, form: WebhookForm) -> str:
    thing = partner_thing(event, shown.organization)
    return render_template(
        "partners/admin/webhook.html",
        webhook=shown,
        organization=shown.organization,
        form=form,
        deliveries=list_deliveries(event, webhook=shown, limit=LATEST),
        secret=taken_once(f"webhook:{shown.id}"),
        manages=may(MANAGE, thing),
        entries=tell(history_of(event.id, f"webhook:{shown.id}"), labels=labels_of(WebhookForm)),
        test=HookEvent.TEST,
    )


def _facts(shown: Webhook) -> WebhookFacts:
    return WebhookFacts(url=shown.url, kinds=tuple(HookEvent(kind) for kind in shown.chosen))


def _press(event: Event, webhook_id: int, act: Callable[[], object], done: str) -> Redirect:
    AdminForm().presses(act, done)
    return _back(event, webhook_id)


def _show_secret(event: Event, added: operations.Added) -> Redirect:
    show_once(f"webhook:{added.row.id}", added.secret)
    return _back(event, added.row.id)


def _back(event: Event, webhook_id: int) -> Redirect:
    return redirect(url_for(".webhook", event=event.slug, webhook_id=webhook_id), 303)
