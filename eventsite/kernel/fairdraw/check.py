"""Check a record against the entry file: name each part that is not what rules, freeze and arithmetic give.

Each step trusts what the record says about the step before it, so that one change is named once, by its part.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from eventsite.kernel.fairdraw.entries import Entry, parse_entries
from eventsite.kernel.fairdraw.faults import Fault, Faulty, Part, fault
from eventsite.kernel.fairdraw.freeze import check_frozen_entries
from eventsite.kernel.fairdraw.hashing import text_hash
from eventsite.kernel.fairdraw.numbers import Winner, draw
from eventsite.kernel.fairdraw.record import Record, Round, holders, parse_record, past_winners
from eventsite.kernel.fairdraw.rules import (
    HIGHEST_WEIGHT,
    Rules,
    check_rules,
    redraw_commits,
    rules_sha256,
    slots,
)
from eventsite.kernel.fairdraw.seed import pre, round_seed
from eventsite.kernel.fairdraw.sources import check_values, name_of, planned_sources
from eventsite.kernel.words import N_


def check_files(record: bytes, entries: bytes) -> list[Fault]:
    """Check a `record.json` against an `entries.csv` as they were downloaded."""
    try:
        return check(parse_record(record), parse_entries(entries, max_weight=HIGHEST_WEIGHT))
    except Faulty as found:
        return list(found.faults)


def check(record: Record, entries: Sequence[Entry]) -> list[Fault]:
    """Return every fault of the record, none where anyone gets the same winners from these entries."""
    if faults := check_rules(record.rules):
        return faults
    faults = [*_frozen_faults(record)]
    faults += check_frozen_entries(record.freeze, entries, max_weight=record.rules["max_weight"])
    for round_no, played in enumerate(record.rounds):
        faults += check_inputs(record, round_no, played)
        faults += _arithmetic_faults(record, round_no, played, entries)
    faults += _outcome_faults(record)
    return faults


def check_inputs(record: Record, round_no: int, played: Round) -> list[Fault]:
    """Name what a round was given that rules, freeze and earlier rounds do not allow."""
    faults = [*_unclaimed_faults(record.rules, round_no, played.unclaimed)]
    commits = redraw_commits(record.rules, round_no) if round_no else record.freeze.witness_commits
    faults += _reveal_faults(round_no, commits, played.reveals)
    faults += check_values(planned_sources(record.rules, round_no), played.sources, played.values)
    faults += _repeated_sources(record.rounds[:round_no], played)
    return faults


def _frozen_faults(record: Record) -> Iterator[Fault]:
    if rules_sha256(record.rules) != record.freeze.rules_sha256:
        yield fault(Part.RULES, N_("The rules are not the frozen ones: their SHA-256 differs."))
    if record.freeze.sha256 != record.freeze_sha256:
        yield fault(Part.FREEZE, N_("The freeze does not have the SHA-256 that the record gives for it."))


def _unclaimed_faults(rules: Rules, round_no: int, unclaimed: Sequence[str]) -> Iterator[Fault]:
    if bool(unclaimed) is not bool(round_no):
        yield fault(
            Part.UNCLAIMED,
            N_("Round %(round)d: only redraws, and every redraw, have an unclaimed list."),
            round=round_no,
        )
    if [slot for slot in slots(rules) if slot in set(unclaimed)] != list(unclaimed):
        yield fault(
            Part.UNCLAIMED,
            N_(
                "Round %(round)d: the unclaimed list does not name slots of the rules once each and in order."
            ),
            round=round_no,
        )


def _reveal_faults(round_no: int, commits: Sequence[str], reveals: Sequence[str | None]) -> Iterator[Fault]:
    if len(reveals) != len(commits):
        yield fault(
            Part.NONCE,
            N_("Round %(round)d has %(given)d reveals for %(announced)d witness commits."),
            round=round_no,
            given=len(reveals),
            announced=len(commits),
        )
    for place, (nonce, commit) in enumerate(zip(reveals, commits, strict=False), 1):
        if nonce is not None and text_hash(nonce) != commit:
            yield fault(
                Part.NONCE,
                N_("Round %(round)d: the nonce of witness %(witness)d does not fit its commit."),
                round=round_no,
                witness=place,
            )


def _repeated_sources(earlier: Sequence[Round], played: Round) -> Iterator[Fault]:
    used = [name_of(source) for before in (*earlier, played) for source in before.sources]
    for source in played.sources:
        if source.get("kind") != "stage" and used.count(name_of(source)) > 1:
            yield fault(
                Part.VALUE,
                N_("%(source)s is used twice; its values were known before."),
                source=name_of(source),
            )


def _arithmetic_faults(
    record: Record, round_no: int, played: Round, entries: Sequence[Entry]
) -> Iterator[Fault]:
    if pre(record.unclaimed[: round_no + 1]) != played.pre:
        yield fault(
            Part.UNCLAIMED,
            N_("Round %(round)d: the unclaimed lists are not those that the round was bound to."),
            round=round_no,
        )
    seed = round_seed(
        freeze_sha256=record.freeze_sha256,
        round_no=round_no,
        pre=played.pre,
        reveals=played.reveals,
        values=played.values,
    )
    if seed != played.seed:
        yield fault(
            Part.VALUE,
            N_("Round %(round)d: the seed does not come from these nonces and public values."),
            round=round_no,
        )
    won = past_winners(record.rounds[:round_no])
    open_slots = played.unclaimed if round_no else slots(record.rules)
    yield from _winner_faults(round_no, played, draw(played.seed, entries, open_slots=open_slots, won=won))


def _winner_faults(round_no: int, played: Round, winners: Sequence[Winner]) -> Iterator[Fault]:
    for given, found in zip_longest(played.winners, winners):
        if given != found:
            yield fault(
                Part.WINNER,
                N_("Round %(round)d: the record gives %(given)s, the arithmetic %(found)s."),
                round=round_no,
                given=_told(given),
                found=_told(found),
            )


def _told(winner: Winner | None) -> str:
    return f"{winner.prize} = {winner.entry} ({winner.number})" if winner else "-"


def _outcome_faults(record: Record) -> Iterator[Fault]:
    held = holders(record.rules, record.rounds)
    for prize in [*held, *(set(record.outcome) - set(held))]:
        given, found = record.outcome.get(prize), held.get(prize)
        if given != found or (prize in held) is not (prize in record.outcome):
            yield fault(
                Part.WINNER,
                N_("Outcome: prize %(prize)s is held by %(found)s, the record says %(given)s."),
                prize=prize,
                given=given or "-",
                found=found or "-",
            )
