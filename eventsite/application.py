"""Putting the site together: settings, database, the edge, accounts, features, commands."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import config
from eventsite import cli, database, web
from eventsite.accounts import signin
from eventsite.admin.menus import menu
from eventsite.events import queries
from eventsite.extensions import db, migrate
from eventsite.features import ACTS, BLUEPRINTS, RULES, VALUES
from eventsite.market.views_admin.live import learn_opening
from eventsite.public.menus import bar
from eventsite.readiness.operations import open_booth
from eventsite.web.history import learn_values
from eventsite.web.site import Site

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application: settings, database, the edge, accounts, features, commands."""
    app = Site(__name__, static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.config.from_mapping(config.from_environment())
    app.config.from_mapping(settings or {})
    config.refuse_unsafe(app.config)
    database.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    web.init_app(app, bar=bar, menu=menu, acts=ACTS)
    learn_values(app, VALUES)
    signin.init_app(app)
    web.open_doors(app, rules=RULES, find_event=queries.find_event, list_grants=queries.list_grants)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    learn_opening(app, open_booth)
    cli.init_app(app)
    return app
