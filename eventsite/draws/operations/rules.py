"""Writing and publishing the rules; opening and closing a draw."""

from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.draws.core.terms import Terms, TermsFault, pack, rules_of
from eventsite.draws.enums import DrawStatus
from eventsite.draws.models import Draw, DrawRules
from eventsite.draws.operations.turns import expect, hold, log, move
from eventsite.draws.queries.terms import terms_of
from eventsite.events.models import Event
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict
from eventsite.kernel.fairdraw.faults import refuse_faults
from eventsite.kernel.fairdraw.rules import check_rules, rules_sha256
from eventsite.kernel.words import N_


def save_terms(actor: Actor, event: Event, ref: str, terms: Terms, *, version: int) -> None:
    """Keep what the organizer wrote, complete or not, for a draw that was read at `version`.

    Raises `StaleEdit` if somebody acted on the draw since, `Conflict` once its rules are published.
    """
    with atomic() as session:
        draw = hold(session, event, ref)
        _refuse_published(draw)
        before, after = pack(terms_of(event, draw)), pack(terms)
        refuse_stale(draw.version - 1, version, theirs=before, mine=after)  # holding it has raised it by one
        draw.terms = after
        old, new = changed(before, after)
        log(actor, draw, "write rules", before=old, after=new)


def publish_rules(actor: Actor, event: Event, ref: str, *, now: datetime) -> DrawRules:
    """Publish the rules with their hash; from here on they cannot be changed. Again: the same rules.

    Raises `TermsFault` naming every field that the law asks for and that is missing.
    """
    with atomic() as session:
        draw = hold(session, event, ref)
        if draw.rules is not None:
            return draw.rules
        expect(draw, DrawStatus.DRAFT)
        terms = terms_of(event, draw)
        if terms.draw_at is not None and terms.draw_at <= now:
            raise TermsFault(N_("The time of the draw has passed; set a later one."), field="draw_at")
        content = rules_of(terms, event=event.slug, draw=draw.ref)
        refuse_faults(check_rules(content))
        rules = DrawRules(
            draw_id=draw.id,
            content=content,
            sha256=rules_sha256(content),
            published_at=now,
            published_by=actor.ref,
        )
        session.add(rules)
        log(actor, draw, "publish rules", sha256=rules.sha256)
        return rules


def open_draw(actor: Actor, event: Event, ref: str) -> None:
    """Open entries; the rules have to be public before. Again: nothing happens."""
    with atomic() as session:
        draw = hold(session, event, ref)
        if draw.status is DrawStatus.OPEN:
            return
        if draw.rules is None:
            raise Conflict(N_("Publish the rules first: entries open only after them."))
        expect(draw, DrawStatus.DRAFT)
        move(session, actor, draw, DrawStatus.OPEN, "open")


def close_draw(actor: Actor, event: Event, ref: str) -> None:
    """Close entries, to freeze the list next. Again: nothing happens."""
    with atomic() as session:
        draw = hold(session, event, ref)
        if draw.status is DrawStatus.CLOSED:
            return
        expect(draw, DrawStatus.OPEN)
        move(session, actor, draw, DrawStatus.CLOSED, "close")


def _refuse_published(draw: Draw) -> None:
    if draw.rules is not None:
        raise Conflict(N_("The rules are published and cannot be changed."))
