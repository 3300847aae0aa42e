"""What a demo fair's plan shows beside its booths: lanes, a route, stages in their places."""

from dataclasses import replace

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.operations.places import edit_stage
from eventsite.events.operations.zones import edit_zone
from eventsite.events.queries import list_stages, list_zones
from eventsite.market.core import ShapeFacts
from eventsite.market.operations import create_shape
from eventsite.market.queries import list_floats, list_shapes

LANES = (
    ("南侧消防通道（演示）", "South fire lane (demo)", (20.0, 762.0, 1160.0, 76.0)),
    ("中间消防通道（演示）", "Middle fire lane (demo)", (20.0, 381.0, 1160.0, 18.0)),
)
ROUTE = ("花车进场路线（演示）", "Floats' way in (demo)", [[1150.0, 800.0], [405.0, 800.0], [405.0, 590.0]])
STAGES = {"S1": (277.0, 258.0, 113.0, 112.0), "S3": (1057.0, 616.0, 113.0, 124.0)}
FEEDERS = {"A": 10.0, "B": 24.0, "C": 12.0, "D": 32.0, "E": 6.0, "F": 8.0}


def draw_plan(actor: Actor, event: Event) -> bool:
    """Draw lanes and the rest once, where nothing is drawn yet; tell whether anything was done."""
    if list_shapes(event) or not list_zones(event):
        return False
    with atomic():
        for zh, en, box in LANES:
            create_shape(actor, event, _shape("fire_lane", zh, en, box))
        carried = next((one.ref for one in list_floats(event)), None)
        zh, en, points = ROUTE
        route = replace(_shape("route", zh, en, (0.0, 0.0, 0.0, 0.0)), points=points, carried=carried)
        create_shape(actor, event, route)
        _place_stages(actor, event)
        for zone in list_zones(event):
            facts = replace(zone.facts, limit_kw=FEEDERS.get(zone.code))
            edit_zone(actor, event, zone.code, facts, version=zone.version, drafting=True)
    return True


def _place_stages(actor: Actor, event: Event) -> None:
    for stage in list_stages(event):
        if stage.code in STAGES and stage.box is None:
            x, y, w, h = STAGES[stage.code]
            facts = replace(stage.facts, map_x=x, map_y=y, map_w=w, map_h=h)
            edit_stage(actor, event, stage.ref, facts, version=stage.version)


def _shape(kind: str, zh: str, en: str, box: tuple[float, float, float, float]) -> ShapeFacts:
    x, y, w, h = box
    return ShapeFacts(
        kind=kind, name_zh=zh, name_en=en, map_x=x, map_y=y, map_w=w, map_h=h, points=[], carried=None
    )
