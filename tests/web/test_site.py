"""What the site leaves out around a request changes no answer."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, Request, url_for
from werkzeug.exceptions import MethodNotAllowed, NotFound

from eventsite.web.forwarded import BODY
from eventsite.web.site import SHORT, Answer, Ask, Ready, Site
from tests.support.isolation import PageClient

BODIES = [
    b"proof=abc&code=12",
    b"code=&code=2&more",
    b"name=%E6%B5%8E%E5%8D%97+%2B1&bad=%ff",
    "name=济南".encode(),
    b"a=1&b=" + b"x" * SHORT,
    b"",
]


def _environ(body: bytes, kind: str = "application/x-www-form-urlencoded") -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        BODY: body,
    }


def _start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
    return bytes


@pytest.mark.parametrize("body", BODIES)
def test_a_form_is_read_as_flask_reads_it(body: bytes) -> None:
    ask, request = Ask(_environ(body)), Request(_environ(body))
    assert [*ask.form.items(multi=True)] == [*request.form.items(multi=True)]
    assert not ask.files


def test_a_body_that_is_no_form_stays_to_be_read() -> None:
    ask = Ask(_environ(b'{"a": 1}', "application/json"))
    assert not ask.form
    assert ask.get_json() == {"a": 1}


def test_cookies_and_query_are_read_as_flask_reads_them() -> None:
    more = {"HTTP_COOKIE": 'a=1; b="x y"; a=2; c', "QUERY_STRING": "a=1&a=2&b="}
    ask, request = Ask(_environ(b"") | more), Request(_environ(b"") | more)
    assert [*ask.cookies.items(multi=True)] == [*request.cookies.items(multi=True)]
    assert [*ask.args.items(multi=True)] == [*request.args.items(multi=True)]
    assert not Ask(_environ(b"")).cookies
    assert not Ask(_environ(b"")).args


@pytest.mark.parametrize("place", ["/c/abc?done=1", "/e/济南/x", "/a b", "https://example.org/\\x"])
def test_an_address_is_sent_as_flask_sends_it(app: Flask, place: str) -> None:
    environ = _environ(b"")
    ours, theirs = Answer(status=303, headers={"Location": place}), Flask.response_class(status=303)
    theirs.headers["Location"] = place
    assert ours.get_wsgi_headers(environ)["Location"] == theirs.get_wsgi_headers(environ)["Location"]


@pytest.mark.parametrize(
    ("method", "status", "body"), [("GET", 200, b"abc"), ("HEAD", 200, b""), ("GET", 304, b"")]
)
def test_an_answer_is_one_list(method: str, status: int, body: bytes) -> None:
    environ = _environ(b"") | {"REQUEST_METHOD": method}
    for answer in (Answer("abc", status), Ready([b"abc"], [("Content-Length", "3")], status)):
        sent = answer(environ, _start)
        assert isinstance(sent, list)
        assert b"".join(sent) == body


def test_what_waits_for_the_end_of_an_answer_is_called(app: Flask) -> None:
    ended: list[int] = []
    answer = Answer("abc")
    answer.call_on_close(lambda: ended.append(1))
    answer(_environ(b""), _start).close()  # type: ignore[attr-defined]
    assert ended == [1]


def test_a_host_is_asked_for_each_name_and_port(app: Site) -> None:
    for _ in range(2):
        with app.test_request_context("/", base_url="http://127.0.0.1:81"):
            assert url_for("static", filename="x", _external=True) == "http://127.0.0.1:81/static/x"
        assert app.test_client().get("/healthz", headers={"Host": "elsewhere.example"}).status_code == 400
        assert app.test_client().get("/healthz", headers={"Host": "127.0.0.1:0"}).status_code == 400


def test_an_address_leads_to_the_same_place_each_time(app: Site) -> None:
    for _ in range(2):
        with app.test_request_context("/e/x/programme/v/1?lang=en", base_url="http://127.0.0.1") as context:
            assert context.request.endpoint == "programme.version"
            assert context.request.view_args == {"event": "x", "number": 1}
            (context.request.view_args or {})["number"] = 2
        with app.test_request_context("/", base_url="http://127.0.0.1") as context:
            assert context.request.endpoint == "public.events"
        with app.test_request_context("/e/x/programme", method="PUT", base_url="http://127.0.0.1") as context:
            assert isinstance(context.request.routing_exception, MethodNotAllowed)
        with app.test_request_context("/nowhere", base_url="http://127.0.0.1") as context:
            assert isinstance(context.request.routing_exception, NotFound)


def test_a_query_that_is_no_text_changes_no_address(app: Site) -> None:
    for _ in range(2):
        environ = {"QUERY_STRING": "\xff=1"}
        with app.test_request_context(
            "/healthz", base_url="http://127.0.0.1", environ_overrides=environ
        ) as context:
            assert context.request.endpoint == "probes.healthz"


def test_a_form_of_everybody_that_proves_nothing_needs_the_sessions_token(client: PageClient) -> None:
    assert client.post("/admin/login", data={"email": "a@example.org"}).status_code == 400


def test_answers_that_say_nothing_are_not_kept(client: PageClient) -> None:
    answer = client.get("/nothing-here")
    assert answer.headers["Cache-Control"] == "no-store"
    refused = client.get("/", headers={"Transfer-Encoding": "chunked"})
    assert (refused.status_code, refused.headers["Cache-Control"]) == (411, "no-store")


def test_the_log_names_no_private_address(app: Site, caplog: pytest.LogCaptureFixture) -> None:
    with app.test_request_context("/t/a-private-link/times", method="POST", base_url="http://127.0.0.1"):
        app.log_exception((ZeroDivisionError, ZeroDivisionError("twice"), None))
    assert "/t/<token>/times" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "a-private-link" not in caplog.text
