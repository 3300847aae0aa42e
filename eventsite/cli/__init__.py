"""The `flask` commands: thin words around the same operations."""

from flask import Flask

from eventsite.cli import (
    audit,
    backup,
    crowd,
    demo,
    draws,
    events,
    importing,
    jobs,
    mail,
    prepare,
    programme,
    users,
)


def init_app(app: Flask) -> None:
    """Add the commands."""
    for commands in (events, users, programme, importing, draws, mail, audit, backup, jobs):
        commands.init_app(app)
    for commands in (demo, prepare, crowd):
        commands.init_app(app)
