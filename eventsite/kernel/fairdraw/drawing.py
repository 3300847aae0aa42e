"""Play a round of a frozen draw: the draw itself, then redraws for absent winners."""

from collections.abc import Sequence
from dataclasses import replace

from eventsite.kernel.fairdraw.check import check_inputs
from eventsite.kernel.fairdraw.entries import Entry
from eventsite.kernel.fairdraw.faults import Fault, Part, fault, refuse_faults
from eventsite.kernel.fairdraw.freeze import check_frozen_entries, is_frozen_list
from eventsite.kernel.fairdraw.numbers import draw
from eventsite.kernel.fairdraw.record import Record, Round, holders, past_winners
from eventsite.kernel.fairdraw.rules import slots
from eventsite.kernel.fairdraw.seed import pre, round_seed
from eventsite.kernel.fairdraw.sources import Source, Value
from eventsite.kernel.words import N_


def play_round(
    record: Record,
    entries: Sequence[Entry],
    *,
    values: Sequence[Value],
    sources: Sequence[Source] = (),
    reveals: Sequence[str | None] = (),
    unclaimed: Sequence[str] = (),
) -> Record:
    """Return the record with one more round; raises `Faulty` where an input is not what rules and freeze say.

    Round 0 takes the witnesses' reveals in the order of their commits (`None` for one that stayed away),
    later rounds the slots published as unclaimed before their values were known. `sources` are those of the
    rules that took place; a drand round carries its `signature`.
    """
    round_no = len(record.rounds)
    before = pre([*record.unclaimed, unclaimed])
    seed = round_seed(
        freeze_sha256=record.freeze_sha256, round_no=round_no, pre=before, reveals=reveals, values=values
    )
    played = Round(
        unclaimed=tuple(unclaimed),
        reveals=tuple(reveals),
        sources=tuple(sources),
        values=tuple(values),
        pre=before,
        seed=seed,
        winners=(),
    )
    refuse_faults(_faults(record, entries, played))
    open_slots = unclaimed if round_no else slots(record.rules)
    winners = draw(seed, entries, open_slots=open_slots, won=past_winners(record.rounds))
    rounds = (*record.rounds, replace(played, winners=tuple(winners)))
    return replace(record, rounds=rounds, outcome=holders(record.rules, rounds))


def _faults(record: Record, entries: Sequence[Entry], played: Round) -> list[Fault]:
    faults = check_inputs(record, len(record.rounds), played)
    if not is_frozen_list(record.freeze, entries):
        faults += check_frozen_entries(record.freeze, entries, max_weight=record.rules["max_weight"])
    nobody = [slot for slot in played.unclaimed if record.outcome.get(slot, "") is None]
    if nobody:
        faults.append(
            fault(
                Part.UNCLAIMED,
                N_("Nobody holds %(slots)s; there is nothing to redraw."),
                slots=", ".join(nobody),
            )
        )
    return faults
