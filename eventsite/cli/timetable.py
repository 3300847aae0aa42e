"""Items of a demo fair that still wait for their place, and a proposal that is asked for them."""

from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.events.models import Event
from eventsite.events.queries import list_stages
from eventsite.programme.core.facts import ItemFacts
from eventsite.programme.operations import create_item
from eventsite.programme.queries import list_troupes
from eventsite.scheduling.core.values import Request
from eventsite.scheduling.operations.proposals import ask_proposal
from eventsite.scheduling.queries import list_proposals

LATE = (
    ("加演：海蛎子味儿小调（演示）", "Encore: songs by the sea (demo)", "performance", "tp-dalian", 20),
    ("加演：社火小场（演示）", "Encore: a small folk parade (demo)", "performance", "tp-benxi", 15),
    ("加演：二人转小帽（演示）", "Encore: a short Errenzhuan (demo)", "performance", "tp-tieling", 25),
    ("加演：曲艺联唱（演示）", "Encore: a medley of ballads (demo)", "performance", "tp-shenyang", 30),
)
"""Title, English title, kind, troupe and minutes of items that were promised late."""


def leave_waiting(actor: Actor, event: Event, *, now: datetime) -> bool:
    """Add items without a place, once, and ask for a timetable of them; tell whether it was done."""
    troupes = {troupe.ref for troupe in list_troupes(event)}
    stages = tuple(stage.code for stage in list_stages(event))
    if list_proposals(event) or not stages or not {ref for *_words, ref, _minutes in LATE} <= troupes:
        return False
    for title_zh, title_en, kind, troupe, minutes in LATE:
        create_item(
            actor,
            event,
            ItemFacts(
                title_zh=title_zh,
                title_en=title_en,
                kind=kind,
                stage=None,
                minutes=minutes,
                troupe=troupe,
                setup_minutes=5,
                languages=("zh",),
            ),
        )
    ask_proposal(actor, event, Request(stages=stages), now=now)
    return True
