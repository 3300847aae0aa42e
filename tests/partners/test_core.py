"""Addresses, bundles, signatures and retries: no database."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest

from config import from_environment
from eventsite.kernel.errors import Misconfigured
from eventsite.partners.core.addresses import (
    BadAddress,
    Bounds,
    bounds_of,
    is_open,
    judge_addresses,
    read_target,
)
from eventsite.partners.core.bundle import Edition, Entry, write_manifest, zip_entries
from eventsite.partners.core.deliveries import WAITS, Mailbox, ReleaseNews, next_try, sign, wanted
from eventsite.partners.core.tokens import state_of
from eventsite.partners.enums import HookEvent, TokenState

AT = datetime(2025, 9, 4, 4, 0, tzinfo=UTC)
STRICT = Bounds()
CLOSED = (
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "::127.0.0.1",
    "no address",
)


@pytest.mark.parametrize("address", CLOSED)
def test_is_open_to_nothing_inside_a_network(address: str) -> None:
    assert not is_open(address, STRICT)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111"])
def test_is_open_to_the_internet(address: str) -> None:
    assert is_open(address, STRICT)


def test_is_open_to_networks_that_the_settings_allow() -> None:
    mine = Bounds(networks=(ip_network("10.20.0.0/16"), ip_network("::1/128")))
    assert is_open("10.20.3.4", mine)
    assert is_open("::ffff:10.20.3.4", mine)
    assert is_open("::1", mine)
    assert not is_open("10.21.3.4", mine)


def test_a_production_site_insists_on_tls() -> None:
    settings = {"ENV_NAME": "production", "WEBHOOK_NETWORKS": (ip_network("10.20.0.0/16"),)}
    assert bounds_of(settings) == Bounds(insecure=False, networks=(ip_network("10.20.0.0/16"),))
    assert bounds_of(settings | {"ENV_NAME": "demo"}).insecure


def test_networks_of_the_settings_are_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSITE_WEBHOOK_NETWORKS", "10.20.0.0/16, ::1/128")
    assert from_environment()["WEBHOOK_NETWORKS"] == (ip_network("10.20.0.0/16"), ip_network("::1/128"))
    monkeypatch.setenv("EVENTSITE_WEBHOOK_NETWORKS", "10.20.0.1/16")
    with pytest.raises(Misconfigured, match="WEBHOOK_NETWORKS"):
        from_environment()


def test_one_closed_address_among_open_ones_closes_the_name() -> None:
    with pytest.raises(BadAddress, match=r"10\.0\.0\.7"):
        judge_addresses("partner.example", ["8.8.8.8", "10.0.0.7"], STRICT)
    with pytest.raises(BadAddress, match="cannot be found"):
        judge_addresses("partner.example", [], STRICT)
    found = ["8.8.8.8", "8.8.4.4", "8.8.8.8"]
    assert judge_addresses("partner.example", found, STRICT) == ("8.8.8.8", "8.8.4.4")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "partner.example/hook",
        "ftp://partner.example/",
        "file:///etc/passwd",
        "https://",
        "https:///hook",
        "https://partner.example:0/",
        "https://partner.example:99999/",
        "https://partner.example:x/",
        "https://partner.example/a b",
        "https://partner.example/\r\nHost: other",
        "https://partner.example\\@10.0.0.1/",
        "https://某.example/",
        "https://name:word@partner.example/",
        "https://[::1/",
        "https://partner.example/" + "x" * 500,
    ],
)
def test_read_target_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(BadAddress):
        read_target(address, Bounds(insecure=True))


def test_read_target_takes_an_address_apart() -> None:
    target = read_target("https://Partner.example:8443/hook?a=1#x", STRICT)
    assert (target.host, target.port, target.path) == ("partner.example", 8443, "/hook?a=1")
    assert target.authority == "partner.example:8443"
    assert read_target("https://[2606:4700::1]/", STRICT).authority == "[2606:4700::1]"


def test_read_target_wants_tls_where_the_site_insists() -> None:
    with pytest.raises(BadAddress, match="https"):
        read_target("http://partner.example/", STRICT)
    assert read_target("http://partner.example/", Bounds(insecure=True)).port == 80


def an_edition(since: int | None = None) -> Edition:
    return Edition(
        site="https://fair.example",
        event="jinan-2025",
        language="zh",
        number=2,
        released_at=AT,
        note="第二版",
        sha256="ab" * 32,
        since=since,
        changes=[],
        kid="key",
    )


def test_the_manifest_names_each_file_with_size_and_hash() -> None:
    entry = Entry(name="programme.csv", mimetype="text/csv", data="节目".encode())
    told = json.loads(write_manifest(an_edition(1), [entry]))
    assert told["files"] == [
        {
            "name": "programme.csv",
            "mimetype": "text/csv",
            "size": 6,
            "sha256": hashlib.sha256("节目".encode()).hexdigest(),
        }
    ]
    assert told["release"] == {
        "number": 2,
        "released_at": "2025-09-04T04:00:00Z",
        "note": "第二版",
        "sha256": "ab" * 32,
    }
    assert (told["since"], told["signature"]["keys"]) == (
        1,
        "https://fair.example/.well-known/eventsite.json",
    )


def test_the_same_entries_give_the_same_bytes() -> None:
    entries = [Entry(name=name, mimetype="text/plain", data=name.encode() * 99) for name in ("a", "b")]
    assert zip_entries(entries, AT) == zip_entries(entries, AT)
    with zipfile.ZipFile(io.BytesIO(zip_entries(entries, AT))) as archive:
        assert archive.namelist() == ["a", "b"]
        assert archive.read("b") == b"b" * 99
        assert {info.date_time for info in archive.infolist()} == {(2025, 9, 4, 4, 0, 0)}


def test_a_token_is_revoked_before_it_is_expired() -> None:
    assert state_of(expires_at=None, revoked_at=None, now=AT) is TokenState.ACTIVE
    assert state_of(expires_at=AT, revoked_at=None, now=AT) is TokenState.EXPIRED
    assert state_of(expires_at=AT, revoked_at=AT, now=AT) is TokenState.REVOKED


def news(number: int, plan: str = "A", before: str = "A") -> ReleaseNews:
    return ReleaseNews(
        number=number, released_at=AT, sha256="", plan=plan, plan_before=before, changes=[{"kind": "moved"}]
    )


def test_a_release_of_another_plan_is_a_switch() -> None:
    kinds = [one.kind for one in (news(1, "B"), news(2), news(3, "B"), news(4, "A", "B"))]
    released, switched = HookEvent.RELEASED, HookEvent.SWITCHED
    assert kinds == [released, released, switched, switched]
    assert [one.number for one in wanted([news(3, "B"), news(2)], ["programme.switched"])] == [3]


def test_a_message_has_one_lasting_id_for_what_it_tells() -> None:
    box = Mailbox(site="https://fair.example", slug="jinan-2025", webhook_id=7)
    first, again = box.released(news(2)), box.released(news(2))
    assert first == again
    assert box.released(news(3)).uid != first.uid
    told = json.loads(first.body)
    assert (told["id"], told["type"]) == (first.uid, "programme.released")
    assert told["release"]["changes"] == {"moved": 1}
    assert json.loads(box.moved(2, 9).body)["live_revision"] == 9


def test_a_delivery_is_given_up_after_the_last_wait() -> None:
    assert next_try(1, AT) == AT + timedelta(minutes=1)
    assert next_try(len(WAITS), AT) == AT + WAITS[-1]
    assert next_try(len(WAITS) + 1, AT) is None


def test_the_signature_is_an_hmac_over_time_and_body() -> None:
    expected = "7e6526c75ae856f26b89d15b9986483bae97576186138f7b4736f630da595865"
    assert sign("secret", '{"id":"x"}', 1757000000) == f"t=1757000000,v1={expected}"
