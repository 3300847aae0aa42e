"""What things of addresses lie in, for `@requires`, and where buttons lead back to."""

from flask import request, url_for

from eventsite.events.models import Event
from eventsite.events.queries import get_zone
from eventsite.market.models import Booth
from eventsite.market.permissions import booth_thing, zone_thing
from eventsite.market.queries import get_booth
from eventsite.readiness.permissions import certificate_thing, fault_thing, pass_thing
from eventsite.readiness.queries import get_certificate, get_fault, get_pass, get_slot


def booth_scopes(event: Event, code: str, **_more: object) -> frozenset[str]:
    """Return what the booth of an address lies in."""
    return booth_thing(get_booth(event, code)).scopes


def certificate_scopes(event: Event, number: int) -> frozenset[str]:
    """Return what the certificate of an address lies in."""
    return certificate_thing(get_certificate(event, number)).scopes


def pass_scopes(event: Event, number: int) -> frozenset[str]:
    """Return what the pass of an address lies in."""
    return pass_thing(get_pass(event, number)).scopes


def fault_scopes(event: Event, number: int, **_more: object) -> frozenset[str]:
    """Return what the fault of an address lies in."""
    return fault_thing(get_fault(event, number)).scopes


def slot_scopes(event: Event, number: int) -> frozenset[str]:
    """Return what the time slot of an address lies in."""
    return zone_thing(get_slot(event, number).zone).scopes


def zone_scopes(event: Event, zone: str, **_more: object) -> frozenset[str]:
    """Return what the zone of an address lies in."""
    return zone_thing(get_zone(event, zone)).scopes


def home_of(event: Event, booth: Booth) -> str:
    """Return where a button leads back to: the walk round, the delegation's pack, or the booth's own page."""
    back = request.values.get("back", "")
    if back == "walk":
        return url_for("readiness_admin.walk_booth", event=event.slug, zone=booth.zone.code, code=booth.code)
    if back == "pack" and booth.delegation:
        return url_for("delegations_admin.pack", event=event.slug, ref=booth.delegation.ref)
    return url_for("readiness_admin.booth", event=event.slug, code=booth.code)
