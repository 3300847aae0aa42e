"""Signed notes: known vectors of others, and every way of changing one."""

import base64

import pytest

from eventsite.signing.core import kid, open_note, public_key, sign_note, verifier

SEED = bytes(range(32))
OTHER = bytes(32)
# RFC 8037, appendix A.
RFC_SEED = base64.urlsafe_b64decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
RFC_KID = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
# The example of the signed-note package of the Go project.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)


def test_kid_is_the_thumbprint_of_the_rfc() -> None:
    assert kid(public_key(RFC_SEED)) == RFC_KID


def test_note_of_another_program_opens() -> None:
    public = base64.b64decode(GO_KEY.rsplit("+", 1)[1])[1:]
    assert verifier("PeterNeumann", public) == GO_KEY
    assert open_note(GO_NOTE, [public]) == GO_NOTE.split("\n\n", maxsplit=1)[0] + "\n"


def test_own_note_opens_with_any_of_the_keys() -> None:
    note = sign_note("fair.example/audit\n7\n", "fair.example/audit", SEED)
    assert open_note(note, [public_key(OTHER), public_key(SEED)]) == "fair.example/audit\n7\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("7", "8", 1),
        lambda note: note.replace("\u2014 name", "\u2014 other"),
        lambda note: note[:-10] + "A" * 9 + "\n",
        lambda note: note[:-10] + "\ufffd" * 9 + "\n",
        lambda note: note[:-30] + "\n",
        lambda note: note.replace("\u2014 ", "- "),
        lambda note: note.split("\n\n")[0],
        lambda note: note[:0],
    ],
)
def test_changed_note_does_not_open(change) -> None:
    note = sign_note("seven 7\n", "name", SEED)
    assert open_note(change(note), [public_key(SEED)]) is None


def test_note_of_another_key_does_not_open() -> None:
    assert open_note(sign_note("text\n", "name", SEED), [public_key(OTHER)]) is None
