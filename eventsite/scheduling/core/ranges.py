"""Sums with half-open ranges of minutes."""

from collections.abc import Iterable, Sequence

Range = tuple[int, int]


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges that share no minute and do not touch, in order."""
    found: list[Range] = []
    for begin, end in sorted(ranges):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def holes(ranges: Sequence[Range], taken: Iterable[Range]) -> list[Range]:
    """Return what is left of ranges without what is taken; an empty or turned range takes nothing."""
    left: list[Range] = []
    busy = merged(one for one in taken if one[0] < one[1])
    for begin, end in merged(ranges):
        start = begin
        for other_begin, other_end in busy:
            if other_end <= start:
                continue
            if other_begin >= end:
                break
            if other_begin > start:
                left.append((start, other_begin))
            start = max(start, other_end)
        if start < end:
            left.append((start, end))
    return left


def shrunk(ranges: Iterable[Range], begin: int, end: int) -> list[Range]:
    """Return the starts from which `begin` to `end` minutes later lie within one of the ranges."""
    found = [(first - begin, last - end + 1) for first, last in ranges]
    return [(first, last) for first, last in found if first < last]
