"""Writing calls for exhibitors and their questions."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import func, select

from eventsite.accounts.core import Actor
from eventsite.applications.core.calls import CallFacts, QuestionFacts, check_call, check_question
from eventsite.applications.models import Application, Call, CallCategory, CallQuestion
from eventsite.applications.queries.calls import get_call_to_write, get_question_to_write
from eventsite.applications.queries.callsheets import call_facts, question_facts
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_

CALL_FIELDS = tuple(field.name for field in fields(CallFacts) if field.name != "categories")
QUESTION_FIELDS = tuple(
    field.name for field in fields(QuestionFacts) if field.name not in ("options_zh", "options_en")
)


def create_call(actor: Actor, event: Event, facts: CallFacts) -> Call:
    """Add a call. The first of an event takes in the applications that came with the event file."""
    check_call(facts)
    with atomic() as session:
        first = not session.scalar(select(func.count()).select_from(Call).where(Call.event_id == event.id))
        call = Call(event_id=event.id)
        with attempt(_conflicts(facts)):
            _write(call, facts)
            session.add(call)
        if first:
            own = select(Application).where(Application.event_id == event.id, Application.call_id.is_(None))
            for row in session.scalars(own):
                row.call_id = call.id
        record(actor, "create", f"call:{call.id}", event_id=event.id, after=_said(facts))
    return call


def edit_call(actor: Actor, event: Event, code: str, facts: CallFacts, *, version: int) -> Call:
    """Change a call that was read at `version`; raises `StaleEdit` if somebody saved since."""
    check_call(facts)
    with atomic():
        call = get_call_to_write(event, code)
        before = call_facts(call)
        if before == facts:
            return call
        old, new = changed(_said(before), _said(facts))
        refuse_stale(call.version, version, theirs=old, mine=new)
        with attempt(_conflicts(facts)):
            _write(call, facts)
        record(actor, "edit", f"call:{call.id}", event_id=event.id, before=old, after=new)
    return call


def remove_call(actor: Actor, event: Event, code: str, *, version: int) -> None:
    """Remove a call that nobody has applied to, with its questions."""
    with atomic() as session:
        call = get_call_to_write(event, code)
        refuse_stale(call.version, version, theirs={}, mine={})
        thing, before = f"call:{call.id}", _said(call_facts(call))
        with attempt({FOREIGN_KEY: Conflict(N_("Somebody has applied to this call: it stays."))}):
            for question in session.scalars(select(CallQuestion).where(CallQuestion.call_id == call.id)):
                session.delete(question)
            session.flush()
            session.delete(call)
        record(actor, "remove", thing, event_id=event.id, before=before)


def add_question(actor: Actor, event: Event, code: str, facts: QuestionFacts) -> CallQuestion:
    """Add a question to a call."""
    check_question(facts)
    with atomic() as session:
        call = get_call_to_write(event, code)
        question = CallQuestion(event_id=event.id, call_id=call.id)
        _write_question(question, facts)
        session.add(question)
        session.flush()
        session.expire(call, ["questions"])
        thing = f"call_question:{question.id}"
        record(actor, "create", thing, event_id=event.id, after=_told(facts))
    return question


def edit_question(
    actor: Actor, event: Event, code: str, question_id: int, facts: QuestionFacts, *, version: int
) -> CallQuestion:
    """Change a question that was read at `version`; raises `StaleEdit` if somebody saved since."""
    check_question(facts)
    with atomic() as session:
        question = get_question_to_write(get_call_to_write(event, code), question_id)
        before = question_facts(question)
        if before == facts:
            return question
        old, new = changed(_told(before), _told(facts))
        refuse_stale(question.version, version, theirs=old, mine=new)
        _write_question(question, facts)
        session.flush()
        record(actor, "edit", f"call_question:{question.id}", event_id=event.id, before=old, after=new)
    return question


def remove_question(actor: Actor, event: Event, code: str, question_id: int, *, version: int) -> None:
    """Remove a question; answers already given stay with their applications."""
    with atomic() as session:
        call = get_call_to_write(event, code)
        question = get_question_to_write(call, question_id)
        refuse_stale(question.version, version, theirs={}, mine={})
        thing, before = f"call_question:{question.id}", _told(question_facts(question))
        session.delete(question)
        session.flush()
        session.expire(call, ["questions"])
        record(actor, "remove", thing, event_id=event.id, before=before)


def _write(call: Call, facts: CallFacts) -> None:
    for name in CALL_FIELDS:
        setattr(call, name, getattr(facts, name))
    kept = {own.category: own for own in call.categories}
    call.categories = [
        kept.get(terms.category) or CallCategory(category=terms.category) for terms in facts.categories
    ]
    for position, (own, terms) in enumerate(zip(call.categories, facts.categories, strict=True)):
        own.position, own.most_kw, own.needs = position, terms.most_kw, list(terms.needs)


def _write_question(question: CallQuestion, facts: QuestionFacts) -> None:
    for name in QUESTION_FIELDS:
        setattr(question, name, getattr(facts, name))
    question.options_zh, question.options_en = list(facts.options_zh), list(facts.options_en)


def _said(facts: CallFacts) -> dict[str, Any]:
    told = asdict(facts)
    for name in ("opens_at", "closes_at", "erase_on"):
        told[name] = told[name].isoformat()
    terms = (f"{own.category}: {own.most_kw:g} kW, {', '.join(own.needs)}" for own in facts.categories)
    return {**told, "categories": list(terms)}


def _told(facts: QuestionFacts) -> dict[str, Any]:
    return {**asdict(facts), "kind": facts.kind.value}


def _conflicts(facts: CallFacts) -> dict[str, DomainError]:
    taken = Conflict(N_("Another call has the code %(code)s."), field="code", code=facts.code)
    return {"uq_call_event_id_code": taken}
