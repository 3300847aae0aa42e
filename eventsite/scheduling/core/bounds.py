"""How little any timetable can leave out: what has no start at all, and what no minutes are left for."""

from collections.abc import Sequence

from eventsite.scheduling.core.blocks import Block, Ground
from eventsite.scheduling.core.ranges import holes, merged
from eventsite.scheduling.core.starting import Starts


def least_left(ground: Ground, blocks: Sequence[Block], starts: Starts) -> int:
    """Return how many acts every timetable leaves out."""
    hopeless = [block for block in blocks if not any(starts[block.key, stage] for stage in block.stages)]
    others = [block for block in blocks if block not in hopeless]
    return sum(len(block.parts) for block in hopeless) + _beyond_the_hours(ground, others)


def _beyond_the_hours(ground: Ground, blocks: Sequence[Block]) -> int:
    """Return how many do not fit if minutes alone counted: the shortest ones go in first.

    Set-up before a day begins and tear-down after it ends need none of its minutes, so they do not count.
    """
    stages = sorted({stage for block in blocks for stage in block.stages})
    days = merged(ground.task.days)
    room = sum(end - begin for stage in stages for begin, end in holes(days, ground.busy[stage]))
    fits = len(blocks)
    for taken, block in enumerate(sorted(blocks, key=lambda block: block.length)):
        room -= block.length
        if room < 0:
            fits = taken
            break
    return len(blocks) - fits
