"""The edge that all features share: access, errors, headers, forms, links, languages, paging, templating."""

from collections.abc import Callable

from flask import Flask
from flask_login import current_user
from werkzeug.routing import BaseConverter, IntegerConverter

from eventsite.accounts.core import Grant, Rules
from eventsite.extensions import babel, csrf
from eventsite.kernel.tokens import load_keyring
from eventsite.web import (
    characters,
    errors,
    forwarded,
    headers,
    history,
    language,
    templating,
    uploads,
    visitors,
)
from eventsite.web.access import AccessExtension, EventLike
from eventsite.web.forms import CODE
from eventsite.web.site import Site


class SlugConverter(BaseConverter):
    """An event's place in an address."""

    regex = "[a-z0-9][a-z0-9-]{0,79}"


class CodeConverter(BaseConverter):
    """A code as zones, booths and stages have them."""

    regex = CODE


class NumberConverter(IntegerConverter):
    """A number that an id can be on every database; what is longer is no address of ours."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask, *, bar: templating.Menu, menu: templating.Menu, acts: history.Acts) -> None:
    """Set up addresses, languages, CSRF, headers, error pages, templates and the words of acts."""
    app.url_map.converters.update(slug=SlugConverter, code=CodeConverter, int=NumberConverter)
    app.session_interface = visitors.TeamSessions()
    app.extensions["keyring"] = load_keyring(app.config["KEYS_DIR"] / "signing")
    uploads.init_app(app)
    characters.init_app(app)
    babel.init_app(app, locale_selector=language.select_locale)
    csrf.init_app(app)
    forwarded.init_app(app)
    headers.init_app(app)
    language.init_app(app)
    errors.init_app(app)
    templating.init_app(app, bar=bar, menu=menu)
    history.init_app(app, acts)


def open_doors(
    app: Site,
    *,
    rules: Rules,
    find_event: Callable[[str], EventLike | None],
    list_grants: Callable[[int], tuple[Grant, ...]],
) -> None:
    """Let `@requires` find rules, events, grants and who has signed in; visitors are not asked."""
    app.spare_visitors()
    AccessExtension(
        rules=rules, find_event=find_event, list_grants=list_grants, signed_in=_signed_in
    ).init_app(app)


def _signed_in() -> tuple[int, str, bool] | None:
    if not current_user.is_authenticated:
        return None
    return current_user.id, current_user.label, current_user.has_second_factor
