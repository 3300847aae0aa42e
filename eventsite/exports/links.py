"""The public addresses that a file carries."""

from eventsite.exports.core.choice import Choice
from eventsite.exports.core.values import Links
from eventsite.web.links import absolute


def links_of(slug: str, choice: Choice | None = None) -> Links:
    """Return the addresses of an event's pages; needs a request context, a command opens its own.

    The calendar's is that of the chosen part: a subscriber goes on getting what it took.
    """
    return Links(
        home=absolute("public.home", event=slug),
        programme=absolute("programme.show", event=slug),
        calendar=absolute(
            "exports.programme", event=slug, extension="ics", **(choice.asked if choice else {})
        ),
    )
