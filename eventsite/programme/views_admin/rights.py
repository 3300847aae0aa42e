"""Who may change which item of the programme."""

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.programme import queries


def item_scopes(event: Event, item_id: int) -> frozenset[str]:
    """Return what the item of an address lies in, for `@requires`."""
    stage = queries.get_item(event, item_id).stage
    return frozenset({f"stage:{stage.code}"} if stage else ())


def stage_thing(event: Event, code: str | None) -> Thing:
    """Return what is asked about a stage, or about what waits for one."""
    return Thing(event_id=event.id, scopes=frozenset({f"stage:{code}"} if code else ()))
