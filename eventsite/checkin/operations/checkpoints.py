"""Changing checkpoints and renewing their codes."""

import secrets
from dataclasses import asdict

from eventsite.accounts.core import Actor
from eventsite.audit.core import plain
from eventsite.audit.operations import record
from eventsite.checkin.core.checkpoints import CheckpointDetails
from eventsite.checkin.models import Checkpoint
from eventsite.checkin.queries import get_checkpoint_to_write
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.tokens import new_body, typed_code

SECRET_BYTES = 32


def edit_checkpoint(
    actor: Actor, event: Event, checkpoint_id: int, details: CheckpointDetails, *, version: int
) -> Checkpoint:
    """Change a checkpoint that was read at `version`; a save that changes nothing writes nothing.

    Raises `StaleEdit` if somebody saved since.
    """
    with atomic():
        checkpoint = get_checkpoint_to_write(event, checkpoint_id)
        old, new = changed(asdict(checkpoint.details), asdict(details))
        if not new:
            return checkpoint
        refuse_stale(checkpoint.version, version, theirs=plain(old), mine=plain(new))
        for name, value in new.items():
            setattr(checkpoint, name, value)
        record(actor, "edit", f"checkpoint:{checkpoint.id}", event_id=event.id, before=old, after=new)
    return checkpoint


def renew_codes(actor: Actor, event: Event, checkpoint_id: int, *, version: int) -> Checkpoint:
    """Give a checkpoint new codes: every sign printed before stops working with the commit.

    Raises `StaleEdit` if somebody saved since `version`.
    """
    with atomic():
        checkpoint = get_checkpoint_to_write(event, checkpoint_id)
        refuse_stale(checkpoint.version, version, theirs={}, mine={})
        checkpoint.key = new_body()
        checkpoint.secret = secrets.token_bytes(SECRET_BYTES)
        checkpoint.typed_code = typed_code()
        record(actor, "renew codes", f"checkpoint:{checkpoint.id}", event_id=event.id)
    return checkpoint
