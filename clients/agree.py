"""Compare what several readers understood of one thing: every event, every field that both can tell."""

from collections.abc import Iterator, Mapping, Sequence

Event = Mapping[str, str]


def differences(readings: Mapping[str, Sequence[Event]], key: str) -> Iterator[str]:
    """Name every event on which a reader differs from the first; `key` is the field that names an event."""
    first, *others = readings
    known = {event[key]: event for event in readings[first]}
    if not known:
        yield f"{first}: no event was read"
    for other in others:
        found = {event[key]: event for event in readings[other]}
        for name in sorted({*known, *found}):
            left, right = known.get(name), found.get(name)
            if left is None or right is None or any(left[f] != right[f] for f in {*left} & {*right}):
                yield f"{name}: {first} read {left}, {other} read {right}"
