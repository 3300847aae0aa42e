"""A new account's one-time link, shown once to whoever made it."""

from flask import session

from eventsite.web.links import absolute

KEY = "shown_link"


def show_link(secret: str) -> None:
    """Keep a one-time link for the next page, which shows it once."""
    session[KEY] = secret


def taken_link() -> str:
    """Return the link that waits to be shown, empty where none does; it is gone afterwards."""
    secret = session.pop(KEY, "")
    return absolute("accounts_public.set_password", secret=secret) if secret else ""
