"""The `flask` commands: thin words around the same operations."""

from flask import Flask

from eventsite.cli import audit, backup, crowd, demo, draws, events, jobs, mail, prepare, programme, users


def init_app(app: Flask) -> None:
    """Add the commands."""
    for commands in (events, users, programme, draws, mail, audit, backup, jobs, demo, prepare, crowd):
        commands.init_app(app)
