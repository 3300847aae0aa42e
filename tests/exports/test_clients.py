"""What `make clients` installs: pinned, with hashes, and from no address of its own."""

from pathlib import Path

from tools.check_requirements import ADDRESS, NAME, pins, plain, unhashed

CLIENTS = Path(__file__).resolve().parents[2] / "clients"


def test_the_readers_are_pinned_with_hashes_and_without_an_address() -> None:
    lock = (CLIENTS / "requirements.txt").read_text("utf-8")
    wanted = NAME.findall((CLIENTS / "requirements.in").read_text("utf-8"))

    assert [name for name in wanted if plain(name) not in pins(lock)] == []
    assert list(unhashed(lock)) == []
    assert ADDRESS.search(lock) is None
