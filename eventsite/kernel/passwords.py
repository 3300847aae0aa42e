"""What a new password must be: long, not easily guessed, and under 等保 rules of several kinds of signs."""

import re
from enum import Enum

from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_

SHORTEST, LONGEST = 12, 128
KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)
# What is left of the well-known passwords once digits, signs and repetition are taken off.
# fmt: off
COMMON = frozenset((
    "password", "passwort", "passw", "admin", "administrator", "letmein", "welcome", "iloveyou", "woaini",
    "qwerty", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "master",
    "shadow", "changeme", "secret", "login", "access", "hello", "test", "guest", "root", "user", "default",
    "mima", "nihao", "zhongguo", "china", "shandong", "jinan", "liaoning", "shenyang", "dalian", "shanhai",
    "shiji", "daminghu", "market",
))
# fmt: on


class PasswordPolicy(Enum):
    """`asvs`: long and not common. `mlps3`: three kinds of signs as well, and a new one every 90 days."""

    ASVS = "asvs"
    MLPS3 = "mlps3"


def check_password(password: str, policy: PasswordPolicy, *, own_words: tuple[str, ...] = ()) -> None:
    """Raise `DomainError` for a password that the policy refuses.

    `own_words` are the account's name and address, which make no password.
    """
    if len(password) < SHORTEST:
        raise DomainError(
            N_("A password has at least %(count)s characters."), field="password", count=SHORTEST
        )
    if len(password) > LONGEST:
        raise DomainError(N_("A password has at most %(count)s characters."), field="password", count=LONGEST)
    if is_guessable(password, own_words):
        raise DomainError(
            N_("This password is easily guessed. Take several unrelated words."),
            field="password",
        )
    if policy is PasswordPolicy.MLPS3 and sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
        raise DomainError(
            N_("A password needs three of these: small letters, capital letters, digits, other characters."),
            field="password",
        )


def is_guessable(password: str, own_words: tuple[str, ...] = ()) -> bool:
    """Tell whether it is a repetition, a run of keys, a common word or the own name with decoration."""
    plain = password.casefold()
    if len(set(plain)) < 5:
        return True
    left = _without_runs(plain)
    words = re.sub(r"[\W\d_]+", " ", left).split()
    known = COMMON | {
        part for word in own_words for part in re.split(r"[\W_]+", word.casefold()) if len(part) > 2
    }
    strange = "".join(word for word in words if _base(word) not in known)
    return len(set(strange)) < 4 and not _has_many_digits(left)


def _without_runs(text: str) -> str:
    """Take out stretches of four or more neighbouring keys, forwards or backwards, and repeated halves."""
    for run in RUNS:
        for line in (run, run[::-1]):
            for size in range(len(line), 3, -1):
                for start in range(len(line) - size + 1):
                    text = text.replace(line[start : start + size], " ")
    half = len(text) // 2
    return text[:half] if len(text) % 2 == 0 and text[:half] == text[half:] else text


def _base(word: str) -> str:
    """Return a word without repetition of itself."""
    for size in range(1, len(word) // 2 + 1):
        if len(word) % size == 0 and word[:size] * (len(word) // size) == word:
            return word[:size]
    return word


def _has_many_digits(text: str) -> bool:
    """Tell whether digits without a pattern make up for missing words."""
    return len(re.findall(r"\d", text)) >= 10 and len(set(re.findall(r"\d", text))) >= 6
