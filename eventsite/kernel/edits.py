"""Two people edit the same thing: what differs, and who saved first."""

from collections.abc import Mapping
from typing import Any

from eventsite.kernel.errors import StaleEdit
from eventsite.kernel.words import N_


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both sides with the fields that are equal left out."""
    names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return (
        {name: value for name, value in before.items() if name in names},
        {name: value for name, value in after.items() if name in names},
    )


def refuse_stale(stored: int, read: int, *, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> None:
    """Raise `StaleEdit` with what differs unless the row still has the version that was read."""
    if stored == read:
        return
    there, here = changed(theirs, mine)
    raise StaleEdit(
        N_("Somebody else saved this after you opened it."), theirs=there, mine=here, version=stored
    )
