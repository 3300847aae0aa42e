"""What people read has words: every act of the log in the history, every right in a refusal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from eventsite.eventfile.core.rules.calendar import CALLED_OFF
from eventsite.exports.core.words import KINDS as FILE_KINDS
from eventsite.features import ACTS, RULES
from eventsite.programme.enums import BLOCKER, KINDS, OFF
from eventsite.web.history import PLAIN

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
NEVER_SHOWN = {("site", "restore backup")}


def test_every_recorded_act_has_words() -> None:
    recorded = set(acts())
    assert ("booth", "edit") in recorded
    assert {act for act in recorded if act[1] not in {**PLAIN, **ACTS.get(act[0], {})}} == NEVER_SHOWN


@pytest.mark.parametrize("permission", RULES, ids=str)
def test_every_right_is_said_in_chinese(permission: object, chinese: dict[str, str]) -> None:
    assert chinese.get(str(getattr(permission, "value", "")))


def test_every_act_is_told_in_chinese(chinese: dict[str, str]) -> None:
    words = {*PLAIN.values(), *(said for verbs in ACTS.values() for said in verbs.values())}
    assert {said for said in words if not chinese.get(said)} == set()


def test_files_and_pages_call_the_kinds_of_items_alike(chinese: dict[str, str]) -> None:
    assert {kind: words.zh for kind, words in FILE_KINDS.items()} == {
        kind: chinese[words] for kind, words in KINDS.items() if kind != BLOCKER
    }


def test_an_event_file_and_the_programme_mean_the_same_by_called_off() -> None:
    assert set(CALLED_OFF) == OFF


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    """Return the Chinese catalog."""
    with CATALOG.open("rb") as file:
        return {str(message.id): str(message.string or "") for message in read_po(file) if message.id}


def acts() -> Iterator[tuple[str, str]]:
    """Yield kind of thing and verb of each `record(…)` that names both on the spot."""
    for path in sorted((ROOT / "eventsite").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                _actor, verb, thing = node.args[:3]
                if isinstance(verb, ast.Constant) and (kind := kind_of(thing)):
                    yield kind, str(verb.value)


def kind_of(thing: ast.expr) -> str:
    """Return the part of a thing's name before the colon, empty where it is not written out."""
    first = thing.values[0] if isinstance(thing, ast.JoinedStr) else thing
    if isinstance(first, ast.Constant) and ":" in str(first.value):
        return str(first.value).partition(":")[0]
    return "account" if isinstance(thing, ast.Call) else ""  # `thing(account)`
