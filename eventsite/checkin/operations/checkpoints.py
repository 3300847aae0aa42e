"""Changing checkpoints and renewing their codes."""

import secrets
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.checkin.enums import CodeMode
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.queries import get_checkpoint
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.errors import StaleEdit
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.kernel.words import N_

FIELDS = ("name_zh", "name_en", "stamp_label_zh", "stamp_label_en", "code_mode", "active")
SECRET_BYTES = 32


def edit_checkpoint(
    actor: Actor,
    event: Event,
    checkpoint_id: int,
    *,
    version: int,
    name_zh: str,
    name_en: str,
    stamp_label_zh: str,
    stamp_label_en: str,
    code_mode: CodeMode | None,
    active: bool,
) -> Checkpoint:
    """Change a checkpoint; raises `StaleEdit` if somebody saved since `version` was read."""
    wanted = {
        "name_zh": name_zh,
        "name_en": name_en,
        "stamp_label_zh": stamp_label_zh,
        "stamp_label_en": stamp_label_en,
        "code_mode": code_mode,
        "active": active,
    }
    with atomic():
        checkpoint = get_checkpoint(event, checkpoint_id)
        before = _facts(checkpoint)
        if checkpoint.version != version:
            raise StaleEdit(N_("Somebody else saved this meanwhile."), theirs=before, mine=_plain(wanted))
        for name, value in wanted.items():
            setattr(checkpoint, name, value)
        after = _facts(checkpoint)
        changed = [name for name in FIELDS if before[name] != after[name]]
        if changed:
            record(
                actor,
                "edit",
                f"checkpoint:{checkpoint.id}",
                event_id=event.id,
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
            )
        return checkpoint


def renew_codes(actor: Actor, event: Event, checkpoint_id: int) -> Checkpoint:
    """Give a checkpoint new codes: every sign printed before stops working with the commit."""
    with atomic():
        checkpoint = get_checkpoint(event, checkpoint_id)
        checkpoint.key = new_body()
        checkpoint.secret = secrets.token_bytes(SECRET_BYTES)
        checkpoint.typed_code = typed_code()
        record(actor, "renew_codes", f"checkpoint:{checkpoint.id}", event_id=event.id)
        return checkpoint


def _facts(checkpoint: Checkpoint) -> dict[str, Any]:
    return _plain({name: getattr(checkpoint, name) for name in FIELDS})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.value if isinstance(value, CodeMode) else value for name, value in values.items()}
