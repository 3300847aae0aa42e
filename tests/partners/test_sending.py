"""Sending: what is out of bounds is not asked, and nothing that answers can keep or lead the site."""

import socket
import ssl
import time
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from eventsite.partners.core.addresses import OUT_OF_BOUNDS, Bounds
from eventsite.partners.core.deliveries import sign
from eventsite.partners.sending import (
    NO_HTTP,
    NO_TLS,
    REDIRECTED,
    REFUSED,
    TOO_SLOW,
    Letter,
    find_addresses,
    send,
)
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


def test_the_second_address_is_asked_where_the_first_takes_no_connection() -> None:
    both = Bounds(insecure=True, networks=(ip_network("127.0.0.0/8"),))
    with receiving(answers("200 OK")) as receiver:
        url = f"http://partner.example:{receiver.port}/"
        answer = send(a_letter(url), both, lambda _host, _port: ["127.0.0.2", "127.0.0.1"])
    assert (answer.status, answer.fault, len(receiver.requests)) == (200, "", 1)


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


def test_a_certificate_of_somebody_else_is_not_believed(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(a_certificate(tmp_path / "self-signed.pem"))
    asked: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as safe:
            asked.append(safe.recv(4096))

    with receiving(behave, reads=False) as receiver:
        answer = send(a_letter(receiver.url.replace("http://", "https://")), HERE)
    assert (answer.fault, answer.params) == (NO_TLS, {"why": "CERTIFICATE_VERIFY_FAILED"})
    assert asked == []


def a_certificate(path: Path) -> Path:
    """Write a certificate that nobody but itself vouches for, with its key."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


def test_a_name_that_nobody_knows_has_no_address() -> None:
    for name in ("nobody.invalid", "x" * 70 + ".invalid", "a..b"):
        assert find_addresses(name, 443) == ()
    assert "127.0.0.1" in find_addresses("localhost", 80)


def test_a_closed_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = send(a_letter(f"http://127.0.0.1:{port}/"), HERE)
    assert (answer.status, bool(answer.fault)) == (None, True)
