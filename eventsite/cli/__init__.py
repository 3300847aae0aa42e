"""The `flask` commands: thin words around the same operations."""

from flask import Flask

from eventsite.cli import demo, events, mail, prepare, programme, users


def init_app(app: Flask) -> None:
    """Add the commands."""
    for commands in (events, users, programme, mail, demo, prepare):
        commands.init_app(app)
