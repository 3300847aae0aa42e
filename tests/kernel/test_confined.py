"""A child process of small means: what it answers, and what it cannot do."""

import time
from pathlib import Path

import pytest

from eventsite.kernel.confined import CHILDREN, Crashed, Overrun, Refused, confined
from eventsite.kernel.writer import Busy


def errand(name: str, data: bytes = b"", *, seconds: float = 5.0, megabytes: int = 256) -> bytes:
    return confined(f"tests.support.errands:{name}", data, seconds=seconds, megabytes=megabytes)


def test_confined_returns_what_the_task_makes_of_large_data() -> None:
    assert errand("shout", b"a" * 3_000_000) == b"A" * 3_000_000


def test_confined_hands_over_a_refusal_with_its_sentence() -> None:
    with pytest.raises(Refused) as refused:
        errand("refuse", "皮影".encode())
    assert (str(refused.value), refused.value.field) == ("皮影 is refused.", "photo")


@pytest.mark.parametrize("name", ["sleep", "burn"])
def test_confined_ends_what_takes_too_long(name: str) -> None:
    began = time.monotonic()
    with pytest.raises(Overrun):
        errand(name, seconds=1.0)
    assert time.monotonic() - began < 6


def test_confined_ends_what_takes_too_much_memory() -> None:
    with pytest.raises(Overrun):
        errand("swell", megabytes=128)


def test_confined_does_not_hold_what_a_reader_warns_of(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Crashed):
        errand("grumble")
    assert "status 3" in caplog.text
    assert "an oddity" not in caplog.text


@pytest.mark.parametrize("name", ["vanish", "stumble", "there_is_no_such_task"])
def test_confined_survives_a_crash(name: str) -> None:
    with pytest.raises(Crashed, match="damaged"):
        errand(name)


def test_confined_hands_no_setting_of_the_site_to_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSITE_SECRET_KEY", "a key")
    assert b"EVENTSITE" not in errand("tell_secrets")


def test_confined_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(Crashed):
        errand("write", str(tmp_path / "left").encode())
    assert [file.stat().st_size for file in tmp_path.iterdir()] in ([], [0])


def test_confined_takes_few_at_a_time() -> None:
    for _ in range(2):
        assert CHILDREN.acquire(blocking=False)
    try:
        with pytest.raises(Busy):
            errand("shout")
    finally:
        CHILDREN.release(2)
