"""`flask demo crowd`: for demonstrations alone."""

from click.testing import Result
from flask import Flask

from tests.support.factories import make_checkpoint, make_event, make_rally


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["demo", "crowd", *arguments])


def make_fair(app: Flask) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        make_rally(event, code_mode="static")
        make_checkpoint(event)


def test_crowd_says_what_it_left_behind(app: Flask) -> None:
    make_fair(app)
    result = run(app, "fair-a", "--passes", "7")
    assert (result.exit_code, result.output) == (0, "7 demo visitors have 7 stamps, 7 of them new.\n")
    assert run(app, "fair-a", "--passes", "7").output == "7 demo visitors have 7 stamps, 0 of them new.\n"
    assert run(app, "fair-a", "--passes", "2", "--seed", "b").output.endswith("2 of them new.\n")


def test_unknown_event_and_no_checkpoints_are_one_line(app: Flask) -> None:
    with app.app_context():
        make_event(slug="fair-b")
    assert (run(app, "nowhere").exit_code, run(app, "nowhere").output.count("\n")) == (1, 1)
    assert (run(app, "fair-b").exit_code, run(app, "fair-b").output.count("\n")) == (1, 1)


def test_production_has_no_crowd(app: Flask) -> None:
    make_fair(app)
    app.config["DEMO"] = False
    try:
        result = run(app, "fair-a")
    finally:
        app.config["DEMO"] = True
    assert (result.exit_code, "production" in result.output) == (1, True)
