"""The freeze: the hashes and counts that bind a draw to its rules and entries before any chance is known."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from eventsite.kernel.canon import digest
from eventsite.kernel.fairdraw.entries import (
    Entry,
    check_entries,
    entries_sha256,
    entry_lines,
    format_entries,
    pairs,
)
from eventsite.kernel.fairdraw.faults import Fault, Part, fault, refuse_faults
from eventsite.kernel.fairdraw.hashing import is_hash
from eventsite.kernel.fairdraw.merkle import merkle_root
from eventsite.kernel.fairdraw.rules import Rules, check_rules, rules_sha256
from eventsite.kernel.words import N_

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Freeze:
    """What is published at the freeze; `tickets` is the sum of the weights, `frozen_at` ISO 8601 in UTC."""

    rules_sha256: str
    entries_sha256: str
    entries_root: str
    entries: int
    tickets: int
    witness_commits: tuple[str, ...]
    frozen_at: str

    def as_dict(self) -> dict[str, Any]:
        """Return the freeze as it stands in the record and under its hash."""
        return asdict(self) | {"witness_commits": list(self.witness_commits)}

    @property
    def sha256(self) -> str:
        """Return the hash that is shown at the freeze and bound into every seed."""
        return digest(self.as_dict())


def freeze_draw(
    rules: Rules, entries: Sequence[Entry], *, witness_commits: Sequence[str], frozen_at: datetime
) -> Freeze:
    """Freeze rules and sorted entries; raises `Faulty` naming everything that cannot be frozen."""
    refuse_faults(check_rules(rules))
    refuse_faults([*check_entries(entries, max_weight=rules["max_weight"]), *_commit_faults(witness_commits)])
    lines = entry_lines(entries)
    return Freeze(
        rules_sha256=rules_sha256(rules),
        entries_sha256=entries_sha256(b"".join(line + b"\n" for line in lines)),
        entries_root=merkle_root(lines),
        entries=len(entries),
        tickets=sum(weight for _, weight in pairs(entries)),
        witness_commits=tuple(witness_commits),
        frozen_at=frozen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def is_frozen_list(freeze: Freeze, entries: Sequence[Entry]) -> bool:
    """Tell whether the entries are the frozen list, by the hash of the file they make."""
    return entries_sha256(format_entries(entries)) == freeze.entries_sha256


def check_frozen_entries(freeze: Freeze, entries: Sequence[Entry], *, max_weight: int) -> list[Fault]:
    """Name what differs between the entries and the frozen list."""
    faults = check_entries(entries, max_weight=max_weight)
    if len(entries) != freeze.entries:
        faults.append(
            fault(
                Part.ENTRY,
                N_("The list has %(given)d entries; %(frozen)d were frozen."),
                given=len(entries),
                frozen=freeze.entries,
            )
        )
    tickets = sum(weight for _, weight in pairs(entries))
    if tickets != freeze.tickets:
        faults.append(
            fault(
                Part.WEIGHT,
                N_("The weights add up to %(given)d; %(frozen)d were frozen."),
                given=tickets,
                frozen=freeze.tickets,
            )
        )
    lines = entry_lines(entries)
    if entries_sha256(b"".join(line + b"\n" for line in lines)) != freeze.entries_sha256:
        faults.append(fault(Part.ENTRY, N_("The entry file is not the frozen one: its SHA-256 differs.")))
    if merkle_root(lines) != freeze.entries_root:
        faults.append(fault(Part.ENTRY, N_("The entries do not lead to the frozen Merkle root.")))
    return faults


def _commit_faults(commits: Sequence[str]) -> list[Fault]:
    if not all(map(is_hash, commits)):
        return [fault(Part.NONCE, N_("A witness commit is not a SHA-256 of 64 hexadecimal digits."))]
    if len(set(commits)) < len(commits):
        return [fault(Part.NONCE, N_("Two witnesses gave the same commit; one has copied the other."))]
    return []
