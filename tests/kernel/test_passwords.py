"""Passwords that are refused, and ones that are not."""

import pytest

from eventsite.kernel.errors import DomainError
from eventsite.kernel.passwords import PasswordPolicy, check_password, is_guessable


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345!",
        "111111111111",
        "123456789012",
        "qwertyuiop[]asdf",
        "abcdefghijkl",
        "adminadmin2025",
        "iloveyou123456",
        "1qaz2wsx3edc4rfv",
        "woaini1314520",
        "stage.manager.2025",
    ],
)
def test_common_passwords_are_refused(password: str) -> None:
    assert is_guessable(password, ("stage.manager@fair.example", "舞台监督"))


@pytest.mark.parametrize(
    "password",
    [
        "otter lantern river nine",
        "correct horse battery",
        "秋叶落在湖边的长椅上吧",
        "VX7K-2MQP-9RTD-HW4C",
        "7391 0846 2257",
        "Tr0ub4dor&3-xyz",
    ],
)
def test_good_passwords_pass(password: str) -> None:
    assert not is_guessable(password, ("desk@fair.example", "服务台"))


def test_length_is_counted_in_signs() -> None:
    with pytest.raises(DomainError):
        check_password("short words", PasswordPolicy.ASVS)
    with pytest.raises(DomainError):
        check_password("long " * 26, PasswordPolicy.ASVS)
    check_password("秋叶落在湖边的长椅上吧！", PasswordPolicy.ASVS)


def test_mlps3_wants_three_kinds_of_signs() -> None:
    with pytest.raises(DomainError):
        check_password("otterlanternrivernine", PasswordPolicy.MLPS3)
    check_password("otter Lantern river 9", PasswordPolicy.MLPS3)
