"""What is on and next, as plain JSON for machines."""

from datetime import datetime
from typing import Any

from eventsite.programme.core.board import Board, StageNow, overrun_minutes
from eventsite.programme.core.content import write_instant
from eventsite.programme.core.live import MINUTE
from eventsite.programme.core.values import Item


def mark(number: int | None, live_revision: int, board: Board | None) -> str:
    """Return a name for what is shown: it changes with a release, an act of the live clock, and an edge."""
    since = write_instant(board.since) if board and board.since else ""
    return f"{number or 0}.{live_revision}.{since}"


def board_content(board: Board) -> list[dict[str, Any]]:
    """Return the stages of a board, each with what is on, what is next and what was called off."""
    return [_stage(row, board.since) for row in board.stages]


def _stage(row: StageNow, since: datetime | None) -> dict[str, Any]:
    stage = row.stage
    return {
        "code": stage.code,
        "name_zh": stage.name_zh,
        "name_en": stage.name_en,
        "zone": stage.zone_code,
        "phase": row.phase.value,
        "now": [_item(item, since) for item in row.on],
        "next": _item(row.next, since) if row.next else None,
        "called_off": [_item(item, since) for item in row.called_off],
    }


def _item(item: Item, since: datetime | None) -> dict[str, Any]:
    planned = item.released_slot
    return {
        "id": item.ref,
        "guid": str(item.uuid),
        "title_zh": item.title_zh,
        "title_en": item.title_en,
        "kind": item.kind,
        "start": write_instant(item.slot.start),
        "end": write_instant(item.slot.end),
        "planned_start": write_instant(planned.start),
        "planned_end": write_instant(planned.end),
        "late_minutes": item.late_minutes,
        "started": write_instant(item.started_at) if item.started_at else None,
        "overrun": since is not None and overrun_minutes(item, since + MINUTE) > 0,
        "status": item.status,
    }
