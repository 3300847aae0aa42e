"""The mapping keeps every key of the schema, once, in a column that is there."""

from collections import Counter

import pytest

from eventsite.eventfile.core.sections import EACH, REFERENCES, SECTIONS
from eventsite.eventfile.mapping.schema import HEAD, SCHEMA, keys_of, lists_of
from eventsite.eventfile.mapping.sections import ALL
from eventsite.eventfile.queries import normal_form
from tests.support.eventfiles import jinan, second_fair, sound

KEPT_FROM_NO_FILE = {
    "id",
    "event_id",
    "position",
    "version",
    "status",
    "created_at",
    "key",
    "secret",
    "typed_code",
    "code_mode",
    "demo_fields",
}
EVERY_RECORD = {"id", "event_id", "position", "version", "demo_fields"}
# What the schema has no key for, told in docs/event-file.md. Replacing an event by a file leaves it as it is.
SAID_BY_NO_FILE = {
    "event": {"status", "created_at"},
    "zones": {"limit_kw"},
    "stages": {"map_x", "map_y", "map_w", "map_h"},
    "booths": {"circuit_id", "live_state", "live_at", "exhibitor_zh", "exhibitor_en"},
    "programme": {
        "notice_zh",
        "notice_en",
        "setup_minutes",
        "teardown_minutes",
        "walk_minutes",
        "languages",
        "fixed",
        "pinned",
        "unit",
        "foreign_guid",
    },
    "checkpoints": {"active", "code_mode", "key", "secret", "typed_code"},
    "rounds": {"postponed_to", "status", "terms"},
    "milestones": {"note_zh", "done_at", "done_by", "done_by_label"},
    "permits": {"concerns", "due_on", "applied_on", "decided_on", "number", "note_zh", "document_id"},
    "applications": {
        "answers",
        "appliances",
        "call_id",
        "consented_at",
        "contacts_erased_at",
        "credit_code",
        "decided_at",
        "delegation_id",
        "email",
        "near",
        "open_flame",
        "partner",
        "phone",
        "phone_mark",
        "places",
        "products",
        "saved_at",
        "token_hash",
        "trade",
        "waitlisted_at",
        "wishes",
    },
}


def test_every_section_of_the_schema_is_mapped() -> None:
    assert list(ALL) == list(SECTIONS)
    assert {path[0] for path in SECTIONS.values()} | set(HEAD) == set(SCHEMA["properties"])


@pytest.mark.parametrize("name", list(SECTIONS))
def test_every_key_of_a_section_has_one_field(name: str) -> None:
    fields = [key for one in ALL[name].fields for key in dict.fromkeys(one.keys)]
    inside = {"map", "map_size"}

    counted = Counter(fields)

    assert set(counted) | set(lists_of(name)) == set(keys_of(name))
    assert all(number == 1 for key, number in counted.items() if key not in inside)


@pytest.mark.parametrize("name", list(SECTIONS))
def test_every_column_of_a_section_is_there_and_written_once(name: str) -> None:
    section = ALL[name]
    columns = Counter(column for one in section.fields for column in one.columns)

    assert set(columns) <= set(section.model.__table__.columns.keys())
    assert set(columns.values()) == {1}


@pytest.mark.parametrize("name", list(SECTIONS))
def test_every_column_that_a_row_needs_is_given(name: str) -> None:
    section = ALL[name]
    given = {column for one in section.fields for column in one.columns} | {section.parent, *HEAD}
    needed = {
        column.name
        for column in section.model.__table__.columns
        if not column.nullable and column.default is None and column.server_default is None
    }

    assert needed - given <= KEPT_FROM_NO_FILE


@pytest.mark.parametrize("name", list(SECTIONS))
def test_columns_that_no_file_says_are_known(name: str) -> None:
    section = ALL[name]
    given = {column for one in section.fields for column in one.columns} | {section.parent, *HEAD}

    assert set(section.model.__table__.columns.keys()) - given - EVERY_RECORD == SAID_BY_NO_FILE.get(
        name, set()
    )


def test_every_reference_leads_to_a_section_that_comes_before_it_or_has_no_foreign_key() -> None:
    order = list(SECTIONS)
    for name in SECTIONS:
        if SECTIONS[name][-1] == EACH:
            for key in set(keys_of(name)) & set(REFERENCES) - {"workshop_id"}:
                assert order.index(REFERENCES[key]) < order.index(name), (name, key)


def test_the_normal_form_of_our_own_files_is_the_file() -> None:
    for tree in (jinan(), second_fair()):
        assert normal_form(sound(tree)) == tree
