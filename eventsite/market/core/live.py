"""How a booth does right now: what was said holds for the day on which it was said."""

from datetime import date, datetime, timedelta, tzinfo

from eventsite.market.enums import LiveState

AGAIN = timedelta(minutes=1)  # in which the same word is the same press


def is_news(state: LiveState, at: datetime | None, said: LiveState, now: datetime) -> bool:
    """Tell whether a press changes anything: another word, or the same one after a while."""
    return at is None or state is not said or now - at >= AGAIN


def standing(state: LiveState, at: datetime | None, *, today: date, zone: tzinfo) -> LiveState | None:
    """Return what still holds of what was said at `at`; `None` where nobody has said anything today."""
    if at is None or at.astimezone(zone).date() != today:
        return None
    return state
