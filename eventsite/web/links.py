"""Links that leave the site (QR codes, mails, feeds): from `EVENTSITE_BASE_URL`, never from the request."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for


def absolute(endpoint: str, **values: Any) -> str:
    """Return the public address of a page."""
    return base_url() + url_for(endpoint, _external=False, **values)


def base_url() -> str:
    """Return the site's public address without a slash at the end."""
    address: str = current_app.config["BASE_URL"]
    return address


def short(address: str) -> str:
    """Return an address as it is printed under a code: without its scheme."""
    return address.split("://", 1)[-1]


def is_loopback() -> bool:
    """Tell whether printed codes would point at the machine itself and so fail on phones."""
    return (urlsplit(base_url()).hostname or "") in {"127.0.0.1", "localhost", "::1"}
