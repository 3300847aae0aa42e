"""The API: each answer is what the published OpenAPI document says, and tokens open what they say."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from werkzeug.test import TestResponse

from eventsite.database import atomic
from eventsite.events.queries import get_event
from eventsite.kernel import clock
from eventsite.partners.enums import Scope
from eventsite.partners.operations import revoke_token
from eventsite.partners.queries import list_takings
from eventsite.programme.models import ProgrammeItem
from tests.support.factories import (
    load_jinan,
    make_agreement,
    make_delegation,
    make_event,
    make_item,
    make_stage,
    make_troupe,
)
from tests.support.factories_partners import SITE, make_token
from tests.support.factories_programme import make_acts, make_release
from tests.support.isolation import PageClient

PATHS = {
    "events": "/events",
    "event": "/events/{event}",
    "stages": "/events/{event}/stages",
    "delegations": "/events/{event}/delegations?per_page=2",
    "releases": "/events/{event}/releases",
    "programme": "/events/{event}/programme",
    "items": "/events/{event}/items?per_page=3",
    "changes": "/events/{event}/changes?since=1",
    "now": "/events/{event}/now",
    "agreements": "/events/{event}/agreements",
}


class Machine:
    """A partner's machine with its token."""

    def __init__(self, client: PageClient, token: str, slug: str = "fair-a") -> None:
        self._client, self._slug, self.token = client, slug, token

    def get(self, path: str, **headers: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        return self._client.get(f"/api/v1{path.replace('{event}', self._slug)}", headers=headers)

    def told(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json


@pytest.fixture
def machine(app: Flask, client: PageClient) -> Machine:
    with app.app_context():
        event = make_event(slug="fair-a", days=2)
        city = make_delegation(event)
        stage = make_stage(event, code="S1")
        troupe = make_troupe(event, delegation_id=city.id)
        make_item(event, stage=stage, delegation_id=city.id, troupe_id=troupe.id)
        make_acts(event, 4)
        make_release(event)
        make_agreement(event)
        return Machine(client, make_token(event).token)


@pytest.fixture
def document(client: PageClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json or {}
    return found


def schema_of(document: dict[str, Any], answers: dict[str, Any]) -> Draft202012Validator:
    """Return the validator of an answer, its references resolved within the document."""
    return Draft202012Validator({**answers, "components": document["components"]})


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        yield path, methods["get"]


def test_the_document_is_openapi_3_1_with_schemas_that_hold(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert {operation["operationId"] for _, operation in operations(document)} == set(PATHS)
    for schema in document["components"]["schemas"].values():
        validator_for(schema, Draft202012Validator).check_schema(schema)
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_each_answer_is_what_the_document_says(machine: Machine, document: dict[str, Any]) -> None:
    for _path, operation in operations(document):
        answer = machine.get(PATHS[operation["operationId"]])
        assert (answer.status_code, answer.mimetype) == (200, "application/json")
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
        schema_of(document, shape).validate(answer.json)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_what_the_partner_has_is_not_sent_again(machine: Machine) -> None:
    for path in PATHS.values():
        etag = machine.get(path).headers["ETag"]
        assert machine.get(path, **{"If-None-Match": etag}).status_code == 304, path


def test_an_unchanged_programme_is_told_before_it_is_read(machine: Machine, app: Flask) -> None:
    etag = machine.get(PATHS["programme"]).headers["ETag"]
    app.extensions.pop("shelf")
    assert machine.get(PATHS["programme"], **{"If-None-Match": etag}).status_code == 304
    assert app.extensions.get("shelf") is None


REFUSALS = {
    "/events/{event}/items?page=0": 422,
    "/events/{event}/items?per_page=201": 422,
    "/events/{event}/items?day=tomorrow": 422,
    "/events/{event}/items?colour=red": 422,
    "/events/{event}/changes": 422,
    "/events/{event}/changes?since=77": 404,
    "/events/{event}/programme?v=77": 404,
    "/events/elsewhere/programme": 404,
}


def test_refusals_are_problems(machine: Machine, document: dict[str, Any]) -> None:
    for path, status in REFUSALS.items():
        answer = machine.get(path)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), path
        told = json.loads(answer.data)
        schema_of(document, {"$ref": "#/components/schemas/Problem"}).validate(told)
        assert told["detail"]


def test_tokens_that_open_nothing_are_refused_alike(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        revoked, feeds = make_token(event), make_token(event, scopes=(Scope.FEED, Scope.BUNDLE))
        revoke_token(SITE, event, revoked.row.id, now=clock.now())
    answers = [
        Machine(client, token).get("/events") for token in (revoked.token, feeds.token, "nothing", "节")
    ]
    assert {answer.status_code for answer in answers} == {401}
    tokens = (revoked.token, feeds.token, "nothing", "节")
    answers = [Machine(client, token).get("/events") for token in tokens]
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer")
    bare = client.get("/api/v1/events")
    assert (bare.status_code, bare.mimetype) == (401, "application/problem+json")
    assert client.get("/api/v1/events", headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_a_token_of_another_event_finds_nothing(app: Flask, machine: Machine, client: PageClient) -> None:
    with app.app_context():
        there = make_event(slug="fair-b")
        make_acts(there, 1)
        make_release(there)
        foreign = Machine(client, make_token(there).token)
    for path in PATHS.values():
        if "{event}" in path:
            assert foreign.get(path).status_code == 404
    assert [one["slug"] for one in foreign.told("/events")["events"]] == ["fair-b"]


def test_a_scope_opens_its_own_endpoints_alone(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        make_acts(event, 1)
        make_release(event)
        machine = Machine(client, make_token(event, scopes=(Scope.CHANGES,)).token)
    statuses = {name: machine.get(path).status_code for name, path in PATHS.items()}
    assert {name for name, status in statuses.items() if status == 200} == {"events", "releases", "changes"}
    assert {status for status in statuses.values() if status != 200} == {403}


def test_before_the_first_release_there_is_no_programme(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        make_acts(event, 2)
        machine = Machine(client, make_token(event).token)
    assert machine.told("/events/{event}")["release"] is None
    for name in ("programme", "items", "stages", "now"):
        assert machine.get(PATHS[name]).status_code == 404


def test_items_come_page_by_page_and_filtered(machine: Machine) -> None:
    first = machine.told("/events/{event}/items?per_page=3")
    assert (first["total"], len(first["items"])) == (5, 3)
    assert first["next"] == "/api/v1/events/fair-a/items?per_page=3&page=2"
    second = machine.told(first["next"].removeprefix("/api/v1"))
    assert (len(second["items"]), second["next"]) == (2, None)
    assert {one["id"] for one in first["items"]}.isdisjoint(one["id"] for one in second["items"])
    on_stage = machine.told("/events/{event}/items?stage=S1")
    assert [one["stage"] for one in on_stage["items"]] == ["S1"]
    assert on_stage["items"][0]["delegation"]["name"] == {"zh": "大连市展团", "en": "Dalian delegation"}
    assert machine.told("/events/{event}/items?day=2025-09-07")["total"] == 0
    assert machine.told("/events/{event}/items?delegation=nobody")["total"] == 0


def test_changes_since_a_release(app: Flask, machine: Machine) -> None:
    with app.app_context():
        event = get_event("fair-a")
        with atomic() as session:
            row = session.query(ProgrammeItem).filter_by(event_id=event.id).order_by(ProgrammeItem.id).first()
            assert row is not None
            assert row.starts_at is not None
            assert row.ends_at is not None
            row.starts_at, row.ends_at = row.starts_at + timedelta(hours=5), row.ends_at + timedelta(hours=5)
            ref = row.ref
        make_release(event, note="第二版")
    told = machine.told("/events/{event}/changes?since=1")
    assert (told["since"], told["release"]["number"]) == (1, 2)
    assert [(one["kind"], one["id"]) for one in told["changes"]] == [("moved", ref)]
    assert machine.told("/events/{event}/changes?since=2")["changes"] == []
    old = machine.told("/events/{event}/programme?v=1")
    assert (old["release"]["number"], len(old["items"])) == (1, 5)


def test_what_is_asked_is_counted_with_its_release(app: Flask, machine: Machine) -> None:
    machine.told(PATHS["programme"])
    machine.told(PATHS["delegations"])
    with app.app_context():
        rows = {row.what: row.release_number for row in list_takings(get_event("fair-a"))}
    assert rows == {"api:programme": 1, "api:delegations": 0}


def test_browsers_of_other_sites_may_ask_with_a_token(client: PageClient) -> None:
    answer = client.options("/api/v1/events", headers={"Origin": "https://partner.example"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert client.post("/api/v1/events").status_code == 405
    nowhere = client.get("/api/v1/nothing/here")
    assert (nowhere.status_code, nowhere.mimetype) == (404, "application/problem+json")


def test_the_whole_demo_fair_is_told(app: Flask, client: PageClient, document: dict[str, Any]) -> None:
    with app.app_context():
        event = load_jinan()
        make_release(event)
        machine = Machine(client, make_token(event).token, event.slug)
    for _path, operation in operations(document):
        answer = machine.get(PATHS[operation["operationId"]])
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
        schema_of(document, shape).validate(answer.json)


def test_the_reference_is_read_without_a_token(client: PageClient) -> None:
    page = client.page("/api/v1/")
    assert "/api/v1/events/{event}/programme" in page.text
    assert "语言" not in client.page("/api/v1/?lang=en").text
