"""Commands leave an archived event alone, as the pages do; those that only read still work."""

from collections.abc import Iterator

import click
import pytest
from flask import Flask

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.events.operations.lifecycle import archive_event
from tests.support.factories import make_event
from tests.support.factories_accounts import make_member

pytestmark = pytest.mark.usefixtures("context")

SLUG = "fair-a"
ORGANIZER = "organizer@fair.example"
AS = ("--as", ORGANIZER)
CHANGES: dict[str, tuple[str, ...]] = {
    "programme release": (SLUG, "--note", "首版"),
    "programme import": (SLUG, __file__),
    "draw freeze": (SLUG, "draw-1", *AS),
    "draw reveal": (SLUG, "draw-1", "1", "nonce", *AS),
    "draw run": (SLUG, "draw-1", *AS),
    "draw redraw": (SLUG, "draw-1", *AS),
    "draw publish": (SLUG, "draw-1", *AS),
    "user create": ("new@fair.example", "--role", "organizer", "--event", SLUG),
    "demo accounts": (SLUG,),
    "demo crowd": (SLUG,),
}
# `event load --replace` has a refusal of its own, tested with event files.
READS = {"event dump", "event clone", "programme export"}


@pytest.fixture
def archived(context: None) -> None:
    event = make_event(slug=SLUG)
    make_member(Role.ORGANIZER, event, email=ORGANIZER)
    archive_event(system("test"), event, version=event.version)


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield " ".join((*names, name)), command


def test_every_command_that_names_an_event_is_known_here(app: Flask) -> None:
    naming = {
        name
        for name, command in commands(app.cli)
        if any(parameter.name == "slug" for parameter in command.params)
    }
    assert naming == set(CHANGES) | READS


@pytest.mark.usefixtures("archived")
@pytest.mark.parametrize("name", CHANGES)
def test_commands_that_change_an_archived_event_are_refused_in_one_line(app: Flask, name: str) -> None:
    result = app.test_cli_runner().invoke(args=[*name.split(), *CHANGES[name]])
    line = "Error: This event is archived: it can be read, and no longer changed.\n"
    assert (result.exit_code, result.output) == (1, line)


@pytest.mark.usefixtures("archived")
def test_demo_accounts_pass_over_an_archived_event(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "accounts"])
    assert (result.exit_code, "no event that can be changed" in result.output) == (1, True)
