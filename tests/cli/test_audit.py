"""`flask audit verify`: silent faults are named, and the exit status says that there are some."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from eventsite.audit.operations import record, tie_knot
from eventsite.database import atomic
from eventsite.jobs.schedule import publish_head
from tests.support.factories import NOW


@pytest.fixture
def site(real_app: Flask, tmp_path: Path) -> Flask:
    """Open a site with three rows, a knot and its published head."""
    real_app.config.update(INSTANCE_DIR=str(tmp_path), KEYS_DIR=tmp_path / "keys")
    with real_app.app_context():
        for n in range(3):
            with atomic():
                record("account:1", "rename", f"booth:{n}")
        tie_knot(NOW)
        publish_head()
    return real_app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", "verify", *arguments])


def tamper(app: Flask, *statements: str) -> None:
    """Change the file as somebody with the keys to it would: without the triggers."""
    with app.app_context(), atomic() as session:
        for table in ("audit", "knot"):
            for verb in ("update", "delete"):
                session.execute(text(f'DROP TRIGGER IF EXISTS "{table}_{verb}"'))
        for statement in statements:
            session.execute(text(statement))


def test_sound_log(site: Flask) -> None:
    result = run(site)
    assert (result.exit_code, result.output) == (0, "3 rows in 1 lanes, 1 knots\n")


def test_edited_row_is_named(site: Flask) -> None:
    tamper(site, "UPDATE audit SET actor = 'account:9' WHERE seq = 2")
    result = run(site)
    assert (result.exit_code, "Row 2 of lane" in result.stderr) == (1, True)


def test_log_cut_back_to_nothing_is_found_by_the_head(site: Flask) -> None:
    tamper(site, "DELETE FROM audit", "DELETE FROM knot")
    result = run(site)
    assert (result.exit_code, "Knot 1 is not the one that was published." in result.stderr) == (1, True)


def test_forged_head_is_named(site: Flask, tmp_path: Path) -> None:
    (head,) = (tmp_path / "audit-heads").iterdir()
    head.write_text(head.read_text("utf-8").replace("/audit\n1\n", "/audit\n2\n"), "utf-8")
    result = run(site)
    assert (result.exit_code, f"{head.name} is signed by no key of this site." in result.stderr) == (1, True)


def test_heads_kept_elsewhere_can_be_named(site: Flask, tmp_path: Path) -> None:
    kept = (tmp_path / "audit-heads").rename(tmp_path / "elsewhere")
    tamper(site, "DELETE FROM audit", "DELETE FROM knot")
    assert run(site).exit_code == 0
    assert run(site, "--heads", str(kept)).exit_code == 1
