"""The `flask` commands: thin words around the same operations."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands."""
