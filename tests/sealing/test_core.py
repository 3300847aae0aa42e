"""Sealed texts open for their purpose alone, and equal texts are found by equal marks."""

from pathlib import Path

from eventsite.kernel.tokens import Keyring
from eventsite.sealing.core import Sealer
from eventsite.sealing.operations import load_sealer

SEALER = Sealer(keys=Keyring({1: b"a" * 32, 2: b"b" * 32}, 2), marking=b"m" * 32)


def test_a_sealed_text_opens_again_and_never_looks_the_same() -> None:
    sealed = [SEALER.seal("+8613800001234", "phone") for _ in range(2)]

    assert [SEALER.open(one, "phone") for one in sealed] == ["+8613800001234"] * 2
    assert sealed[0] != sealed[1]
    assert b"138" not in sealed[0]


def test_rare_characters_survive() -> None:
    assert SEALER.open(SEALER.seal("䶮㛃𬭎 🎎", "x"), "x") == "䶮㛃𬭎 🎎"


def test_another_purpose_another_key_or_a_changed_byte_opens_nothing() -> None:
    sealed = SEALER.seal("secret", "phone")
    other = Sealer(keys=Keyring({1: b"a" * 32}, 1), marking=b"m" * 32)

    assert SEALER.open(sealed, "email") is None
    assert other.open(sealed, "phone") is None
    assert SEALER.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "phone") is None
    assert SEALER.open(b"", "phone") is None
    assert SEALER.open(b"\x02short", "phone") is None


def test_an_older_key_still_opens() -> None:
    old = Sealer(keys=Keyring({1: b"a" * 32}, 1), marking=b"m" * 32)

    assert SEALER.open(old.seal("text", "phone"), "phone") == "text"


def test_marks_are_equal_for_equal_texts_of_one_purpose() -> None:
    assert SEALER.mark("a", "phone") == SEALER.mark("a", "phone")
    assert len({SEALER.mark("a", "phone"), SEALER.mark("b", "phone"), SEALER.mark("a", "email")}) == 3


def test_the_keys_lie_in_files_of_their_owner_and_stay(tmp_path: Path) -> None:
    first, second = load_sealer(tmp_path), load_sealer(tmp_path)

    assert second.open(first.seal("text", "phone"), "phone") == "text"
    assert first.mark("a", "b") == second.mark("a", "b")
    assert "keys" not in repr(first)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "sealing").iterdir()} == {0o600}
