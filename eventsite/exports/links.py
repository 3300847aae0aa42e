"""The public addresses that a file carries."""

from eventsite.exports.core import Links
from eventsite.web.links import absolute


def links_of(slug: str) -> Links:
    """Return the addresses of an event's pages; needs a request context, a command opens its own."""
    return Links(
        home=absolute("public.home", event=slug),
        programme=absolute("programme.show", event=slug),
        calendar=absolute("exports.programme", event=slug, extension="ics"),
    )
