"""Sending: what is out of bounds is not asked, and nothing that answers can keep or lead the site."""

import socket
import time
from ipaddress import ip_network

import pytest

from eventsite.partners.core.addresses import OUT_OF_BOUNDS, Bounds
from eventsite.partners.core.deliveries import sign
from eventsite.partners.sending import NO_HTTP, NO_TLS, REDIRECTED, REFUSED, TOO_SLOW, Letter, send
from tests.support.receivers import answers, drips, pours, receiving, says

HERE = Bounds(insecure=True, networks=(ip_network("127.0.0.1/32"),))
STRICT = Bounds(insecure=True)


def a_letter(url: str) -> Letter:
    return Letter(url=url, uid="id-1", kind="test", body='{"说":"好"}', secret="s3cret", at=1757000000)


def test_a_letter_arrives_signed() -> None:
    with receiving(answers("204 No Content")) as receiver:
        answer = send(a_letter(receiver.url), HERE)
    assert (answer.status, answer.fault) == (204, "")
    assert receiver.body == '{"说":"好"}'
    assert receiver.header("Eventsite-Signature") == sign("s3cret", '{"说":"好"}', 1757000000)
    assert receiver.header("Eventsite-Delivery") == "id-1"
    assert receiver.requests[0].startswith(b"POST /hook HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"],
)
def test_nothing_inside_is_asked(host: str) -> None:
    with receiving(answers("200 OK")) as receiver:
        answer = send(a_letter(f"http://{host}:{receiver.port}/"), STRICT)
    assert answer.fault == OUT_OF_BOUNDS
    assert receiver.requests == []


@pytest.mark.parametrize(
    "inside", ["10.0.0.5", "169.254.169.254", "100.64.1.1", "::ffff:10.0.0.5", "fd00::1"]
)
def test_a_name_that_leads_inside_is_not_asked(inside: str) -> None:
    answer = send(a_letter("https://partner.example/"), STRICT, lambda _host, _port: ["8.8.8.8", inside])
    assert (answer.fault, answer.params["address"]) == (OUT_OF_BOUNDS, inside)


def test_a_name_is_resolved_once_and_the_judged_address_is_asked() -> None:
    asked = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.5"]

    with receiving(answers("200 OK")) as receiver:
        answer = send(a_letter(f"http://partner.example:{receiver.port}/"), HERE, resolve)
    assert (answer.fault, asked) == ("", ["partner.example"])
    assert receiver.header("Host") == f"partner.example:{receiver.port}"


def test_a_redirect_is_not_followed() -> None:
    with receiving(answers("200 OK")) as inside:
        with receiving(answers("307 Temporary Redirect", f"Location: {inside.url}")) as receiver:
            answer = send(a_letter(receiver.url), HERE)
        assert (answer.status, answer.fault) == (307, REDIRECTED)
        assert inside.requests == []


def test_a_refusal_is_told_by_its_status() -> None:
    with receiving(answers("500 Oh")) as receiver:
        answer = send(a_letter(receiver.url), HERE)
    assert (answer.status, answer.fault, answer.params) == (500, REFUSED, {"status": 500})


def test_a_dripping_server_is_cut_off() -> None:
    began = time.monotonic()
    with receiving(drips) as receiver:
        answer = send(a_letter(receiver.url), HERE, seconds=0.4)
    assert (answer.status, answer.fault) == (None, TOO_SLOW)
    assert time.monotonic() - began < 3


def test_a_body_without_end_is_not_read() -> None:
    began = time.monotonic()
    with receiving(pours) as receiver:
        answer = send(a_letter(receiver.url), HERE)
    assert (answer.status, answer.fault) == (200, "")
    assert time.monotonic() - began < 2


def test_what_is_no_http_is_said() -> None:
    with receiving(says(b"SSH-2.0-server\r\n")) as receiver:
        assert send(a_letter(receiver.url), HERE).fault == NO_HTTP
    with receiving(says(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000)) as receiver:
        assert send(a_letter(receiver.url), HERE).fault == NO_HTTP


def test_a_server_without_tls_is_said() -> None:
    with receiving(says(b"no\r\n\r\n")) as receiver:
        answer = send(a_letter(receiver.url.replace("http://", "https://")), HERE, seconds=0.4)
    assert answer.fault in (NO_TLS, TOO_SLOW)


def test_a_closed_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = send(a_letter(f"http://127.0.0.1:{port}/"), HERE)
    assert (answer.status, bool(answer.fault)) == (None, True)
