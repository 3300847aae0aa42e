"""Taking over to the next fair what of a plan stands in no event file."""

from dataclasses import replace

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.operations.places import edit_stage
from eventsite.events.operations.zones import edit_zone
from eventsite.events.queries import list_stages, list_zones
from eventsite.market.operations.circuits import connect_booths, create_circuit
from eventsite.market.operations.shapes import create_shape
from eventsite.market.queries import list_booths, list_circuits, list_shapes


def copy_plan(actor: Actor, source: Event, target: Event) -> None:
    """Give a fair that was made from another one's file its circuits, shapes and places of stages too.

    How booths do stays behind. Zones, booths and stages are known by their codes.
    """
    with atomic():
        limits = {zone.code: zone.limit_kw for zone in list_zones(source)}
        for zone in list_zones(target):
            facts = replace(zone.facts, limit_kw=limits.get(zone.code))
            edit_zone(actor, target, zone.code, facts, version=zone.version, drafting=True)
        _place_stages(actor, source, target)
        for circuit in list_circuits(source):
            create_circuit(actor, target, circuit.facts)
            held = {booth.code for booth in list_booths(source) if booth.circuit_id == circuit.id}
            connect_booths(actor, target, circuit.code, held)
        for shape in list_shapes(source):
            create_shape(actor, target, shape.facts)


def _place_stages(actor: Actor, source: Event, target: Event) -> None:
    places = {stage.code: stage.facts for stage in list_stages(source) if stage.box}
    for stage in list_stages(target):
        there = places.get(stage.code)
        if there:
            facts = replace(
                stage.facts, map_x=there.map_x, map_y=there.map_y, map_w=there.map_w, map_h=there.map_h
            )
            edit_stage(actor, target, stage.ref, facts, version=stage.version)
