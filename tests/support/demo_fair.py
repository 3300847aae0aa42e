"""The demo fair as its own commands make it: loaded, released, with an account for each role."""

from pathlib import Path

from flask import Flask

from eventsite.cli.demo import FILE as ACCOUNTS
from eventsite.eventfile.mapping.schema import DEMO_FILE

EVENT = "jinan-2025"


def tell(app: Flask, *words: str) -> str:
    """Give a `flask` command and return what it prints; it must succeed."""
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 0, f"flask {' '.join(words)}: {result.output}"
    return result.output


def open_fair(app: Flask) -> None:
    """Load the demo event, release its programme, make its people."""
    tell(app, "event", "load", str(DEMO_FILE))
    tell(app, "programme", "release", EVENT, "--note", "首版节目单")
    tell(app, "demo", "accounts", EVENT)


def address(name: str) -> str:
    """Return the address of a demo account."""
    return f"{name}@demo.invalid"


def password(app: Flask, name: str) -> str:
    """Return the password of a demo account, from the file that keeps them."""
    lines = (Path(app.config["INSTANCE_DIR"]) / ACCOUNTS).read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)[address(name)]
