"""Acts that need two different people: the second is independent of the first."""

from eventsite.accounts.core import Actor
from eventsite.events.queries import line_of
from eventsite.kernel.errors import NotAllowed
from eventsite.kernel.words import N_


def refuse_same_hands(actor: Actor, event_id: int, first: str, yourself: str) -> None:
    """Raise `NotAllowed` unless the actor is another person than `first`, and independent of that one.

    An organizer who appoints a second account is still one person. `yourself` is the sentence for `first`.
    """
    if first == actor.ref:
        raise NotAllowed(yourself)
    if line_of(event_id, first) & line_of(event_id, actor.ref):
        raise NotAllowed(
            N_(
                "One of you two was made organizer by the other, or both by the same organizer. "
                "An organizer whom the site appointed has to confirm it."
            )
        )
