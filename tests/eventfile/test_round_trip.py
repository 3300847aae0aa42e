"""load → dump → load is a fixed point, for fairs of every shape."""

import json
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from eventsite.accounts.core import system
from eventsite.eventfile.enums import Outcome
from eventsite.eventfile.operations import load_event
from eventsite.eventfile.queries import dump_event, normal_form, read_event_file
from tests.support.eventfiles import sound
from tests.support.factories import NOW
from tests.support.fairs import fairs

_numbers = count(1)


@settings(max_examples=100, deadline=None)
@given(fairs())
def test_the_normal_form_is_its_own_normal_form(tree: dict[str, Any]) -> None:
    normal = normal_form(sound(tree))

    assert normal == tree
    assert normal_form(sound(normal)) == normal


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=fairs())
def test_load_dump_load_is_a_fixed_point(tree: dict[str, Any]) -> None:
    tree["event"]["id"] = f"round-trip-{next(_numbers)}"

    loaded = load_event(system("test"), sound(tree), publish=True, now=NOW)
    dumped = json.dumps(dump_event(loaded.event), ensure_ascii=False).encode()
    again = load_event(system("test"), read_event_file(dumped), publish=True, now=NOW)

    assert json.loads(dumped) == tree
    assert again.outcome is Outcome.IDENTICAL


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=fairs(), second=fairs())
def test_any_fair_can_replace_any_other(first: dict[str, Any], second: dict[str, Any]) -> None:
    first["event"]["id"] = second["event"]["id"] = f"round-trip-{next(_numbers)}"
    load_event(system("test"), sound(first), publish=True, now=NOW)

    loaded = load_event(system("test"), sound(second), replace=True, publish=True, now=NOW)

    assert dump_event(loaded.event) == second
