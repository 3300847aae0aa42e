"""What is on and next, as plain JSON for machines."""

from typing import Any

from eventsite.programme.core.board import Board, StageNow
from eventsite.programme.core.content import write_instant
from eventsite.programme.core.values import Item


def board_content(board: Board) -> list[dict[str, Any]]:
    """Return the stages of a board, each with what is on, what is next and what was called off."""
    return [_stage(row) for row in board.stages]


def _stage(row: StageNow) -> dict[str, Any]:
    stage = row.stage
    return {
        "code": stage.code,
        "name_zh": stage.name_zh,
        "name_en": stage.name_en,
        "zone": stage.zone_code,
        "phase": row.phase.value,
        "now": [_item(item) for item in row.on],
        "next": _item(row.next) if row.next else None,
        "called_off": [_item(item) for item in row.called_off],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.ref,
        "guid": str(item.uuid),
        "title_zh": item.title_zh,
        "title_en": item.title_en,
        "kind": item.kind,
        "start": write_instant(item.slot.start),
        "end": write_instant(item.slot.end),
        "status": item.status,
    }
