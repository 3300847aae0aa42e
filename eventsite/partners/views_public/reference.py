"""The OpenAPI document of the API, made from its endpoints, and the page that says the same to people."""

import json
import re
from functools import lru_cache
from typing import Any

from flask import Response, make_response, render_template, request
from pydantic.json_schema import models_json_schema

from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.partners.enums import SCOPE_WORDS
from eventsite.partners.views_public.doors import api_blueprint
from eventsite.partners.views_public.endpoints import (
    BASE,
    ENDPOINTS,
    PROBLEM,
    TITLES,
    Endpoint,
    open_to_all,
)
from eventsite.partners.views_public.shapes import Problem, Shape
from eventsite.web.access import public
from eventsite.web.headers import shared
from eventsite.web.links import base_url

VERSION = "1.0.0"
REFS = "#/components/schemas/{model}"
DESCRIPTION = (
    "What partners of an event read by machine. Send the token as `Authorization: Bearer TOKEN`. "
    "Answers carry an ETag: send it back as If-None-Match and get 304 where nothing has changed. "
    "Instants are UTC. Texts come in Chinese and English. Refusals are problem+json. "
    "A token may be answered 240 times a minute."
)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
KEPT = 300  # seconds


@api_blueprint.get(f"{BASE}/openapi.json")
@open_to_all
@public
def openapi() -> Response:
    """Serve the OpenAPI document."""
    response = make_response(json.dumps(document(base_url()), ensure_ascii=False, indent=1))
    response.mimetype = "application/json"
    return shared(response, KEPT)


@api_blueprint.get(f"{BASE}/")
@public
def reference() -> str:
    """Say in a page what the API answers."""
    told = document(base_url())
    return render_template(
        "partners/api.html",
        document=told,
        endpoints=[(one, told["paths"][_path(one)]["get"]) for one in ENDPOINTS],
        schemas=told["components"]["schemas"],
        scopes=SCOPE_WORDS,
        name_of=_name_of,
    )


@api_blueprint.route(f"{BASE}/<path:rest>", methods=["GET", "OPTIONS"], provide_automatic_options=False)
@open_to_all
@public
def elsewhere(rest: str) -> Response:
    """Tell browsers that pages of other sites may send a token of their own; all else is not there."""
    if request.method != "OPTIONS":
        raise NotFound(N_("There is no such page."))
    return make_response("", 204, PREFLIGHT)


@lru_cache(maxsize=4)
def document(site: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API at a site."""
    answers: list[type[Shape]] = [Problem, *(one.answers for one in ENDPOINTS)]
    _names, definitions = models_json_schema(
        [(shape, "serialization") for shape in answers], ref_template=REFS
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Partners' API", "version": VERSION, "description": DESCRIPTION},
        "servers": [{"url": site}],
        "security": [{"token": []}],
        "paths": {_path(one): {"get": _operation(one)} for one in ENDPOINTS},
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _path(one: Endpoint) -> str:
    return re.sub(r"<slug:(\w+)>", r"{\1}", one.rule)


def _operation(one: Endpoint) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_path_parameters(one), *_query_parameters(one)],
        "responses": {"200": _answer(one), "304": {"description": "Nothing has changed"}, **_refusals(one)},
    }
    if one.scope is not None:
        told["description"] = f"Scope: {one.scope.value}"
    return told


def _path_parameters(one: Endpoint) -> list[dict[str, Any]]:
    if not one.takes_event:
        return []
    name = {"name": "event", "in": "path", "required": True, "description": "The event's name in addresses"}
    return [{**name, "schema": {"type": "string"}}]


def _query_parameters(one: Endpoint) -> list[dict[str, Any]]:
    schema = one.asks.model_json_schema(ref_template=REFS)
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": field.get("description", ""),
            "schema": {key: value for key, value in field.items() if key not in ("title", "description")},
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _answer(one: Endpoint) -> dict[str, Any]:
    reference = {"$ref": REFS.format(model=one.answers.__name__)}
    return {
        "description": (one.answers.__doc__ or "").strip(),
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": reference}},
    }


def _refusals(one: Endpoint) -> dict[str, Any]:
    statuses = [401, 403, 404, 422, 429, 503] if one.takes_event else [401, 422, 429, 503]
    content = {PROBLEM: {"schema": {"$ref": REFS.format(model=Problem.__name__)}}}
    return {str(status): {"description": TITLES[status], "content": content} for status in statuses}


def _name_of(schema: dict[str, Any]) -> str:
    """Return what a field holds, in the words of JSON Schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_name_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_name_of(schema['items'])}]"
    kind = str(schema.get("type", "any"))
    return f"{kind} ({schema['format']})" if "format" in schema else kind
