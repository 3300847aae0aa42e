"""Two people edit the same thing."""

import pytest

from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import StaleEdit


def test_changed_leaves_out_what_is_equal() -> None:
    assert changed({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 4, "d": 5}) == ({"b": 2, "c": 3}, {"b": 4, "d": 5})


def test_save_of_the_version_that_was_read_goes_on() -> None:
    refuse_stale(3, 3, theirs={"a": 1}, mine={"a": 2})


def test_stale_save_is_refused_with_both_values_and_the_newer_version() -> None:
    with pytest.raises(StaleEdit) as refused:
        refuse_stale(4, 3, theirs={"a": 1, "b": 1}, mine={"a": 2, "b": 1})
    error = refused.value
    assert (error.theirs, error.mine, error.params) == ({"a": 1}, {"a": 2}, {"version": 4})
