"""Adding, editing and removing circuits, and saying which booths hang on them."""

from collections.abc import Collection
from dataclasses import asdict, replace

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event
from eventsite.events.queries import get_zone
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.market.core import CircuitFacts
from eventsite.market.models import Circuit
from eventsite.market.operations.booths import change_booth
from eventsite.market.queries import get_booth_to_write, get_circuit_to_write, list_booths


def create_circuit(actor: Actor, event: Event, facts: CircuitFacts) -> Circuit:
    """Add a circuit to a zone; raises `Conflict` on `code` if another circuit has it."""
    with atomic():
        circuit = Circuit(event_id=event.id)
        with attempt(_conflicts(facts)) as session:
            _write(circuit, event, facts)
            session.add(circuit)
        record(actor, "create", f"circuit:{circuit.id}", event_id=event.id, after=asdict(facts))
    return circuit


def edit_circuit(actor: Actor, event: Event, code: str, facts: CircuitFacts, *, version: int) -> Circuit:
    """Change a circuit that was read at `version`; a save that changes nothing writes nothing.

    Raises `StaleEdit` if somebody saved since, and the conflict of `create_circuit`.
    """
    with atomic():
        circuit = get_circuit_to_write(event, code)
        before = circuit.facts
        if facts == before:
            return circuit
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(circuit.version, version, theirs=old, mine=new)
        with attempt(_conflicts(facts)):
            _write(circuit, event, facts)
        record(actor, "edit", f"circuit:{circuit.id}", event_id=event.id, before=old, after=new)
    return circuit


def remove_circuit(actor: Actor, event: Event, code: str, *, version: int) -> None:
    """Remove a circuit on which no booth hangs; raises `StaleEdit`, and `Conflict` where one does."""
    with atomic():
        circuit = get_circuit_to_write(event, code)
        facts = circuit.facts
        refuse_stale(circuit.version, version, theirs={}, mine={})
        thing = f"circuit:{circuit.id}"
        with attempt(_conflicts(facts)) as session:
            session.delete(circuit)
        record(actor, "remove", thing, event_id=event.id, before=asdict(facts))


def connect_booths(actor: Actor, event: Event, code: str, booths: Collection[str]) -> int:
    """Let exactly these booths hang on a circuit, and return how many changed.

    A booth comes from another circuit as it is; codes that the event does not have are not found.
    """
    with atomic():
        circuit = get_circuit_to_write(event, code)
        held = {booth.code for booth in list_booths(event) if booth.circuit_id == circuit.id}
        moving = sorted(held ^ set(booths))
        for each in moving:
            booth = get_booth_to_write(event, each)
            facts = replace(booth.facts, circuit=code if each in booths else None)
            change_booth(actor, event, booth, facts, version=booth.version)
    return len(moving)


def _write(circuit: Circuit, event: Event, facts: CircuitFacts) -> None:
    circuit.code, circuit.limit_kw = facts.code, facts.limit_kw
    circuit.zone = get_zone(event, facts.zone)


def _conflicts(facts: CircuitFacts) -> dict[str, DomainError]:
    return {
        "uq_circuit_event_id_code": Conflict(
            N_("Another circuit has the code %(code)s."), field="code", code=facts.code
        ),
        FOREIGN_KEY: Conflict(
            N_("Booths still hang on circuit %(code)s: take them off it first."), code=facts.code
        ),
    }
