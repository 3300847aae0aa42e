"""The part of a draw's rules that the arithmetic needs; whatever else the rules say is only hashed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.kernel.canon import NotCanonical, digest
from eventsite.kernel.fairdraw.faults import Fault, Part, fault
from eventsite.kernel.fairdraw.hashing import is_hash
from eventsite.kernel.fairdraw.sources import check_sources
from eventsite.kernel.words import N_

Rules = Mapping[str, Any]

HIGHEST_WEIGHT = 20
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A prize level and how many of its prizes the draw gives; the first tier takes the lowest numbers."""

    code: str
    name: str
    count: int


def rules_sha256(rules: Rules) -> str:
    """Return the hash under which the rules are published before entries open."""
    return digest(rules)


def tiers(rules: Rules) -> tuple[Tier, ...]:
    """Return the tiers, highest first."""
    return tuple(Tier(code=tier["code"], name=tier["name"], count=tier["count"]) for tier in rules["tiers"])


def slots(rules: Rules) -> tuple[str, ...]:
    """Return the prize slots in the order in which numbers fill them: `A-1`, `A-2`, `B-1` and so on."""
    return tuple(f"{tier.code}-{place}" for tier in tiers(rules) for place in range(1, tier.count + 1))


def redraw_commits(rules: Rules, round_no: int) -> tuple[str, ...]:
    """Return the witness commits announced for a redraw round, none where the rules name none."""
    announced = rules.get("redraw_commits", [])
    return tuple(announced[round_no - 1]) if round_no <= len(announced) else ()


def check_rules(rules: Rules) -> list[Fault]:
    """Name everything that keeps the arithmetic from using the rules."""
    faults = [*_canonical(rules), *_weight(rules), *_tiers(rules), *_redraw_commits(rules)]
    if not any(found.part is Part.RULES for found in faults) and len(set(slots(rules))) < len(slots(rules)):
        faults.append(fault(Part.RULES, N_("Two prizes of the rules have the same slot.")))
    return faults + check_sources(rules)


def _canonical(rules: Rules) -> Iterator[Fault]:
    try:
        digest(rules)
    except NotCanonical as error:
        yield fault(Part.RULES, N_("The rules cannot be hashed: %(reason)s."), reason=str(error))


def _weight(rules: Rules) -> Iterator[Fault]:
    most = rules.get("max_weight")
    if type(most) is not int or not 1 <= most <= HIGHEST_WEIGHT:
        yield fault(
            Part.RULES, N_("The highest weight is a whole number from 1 to %(most)d."), most=HIGHEST_WEIGHT
        )


def _tiers(rules: Rules) -> Iterator[Fault]:
    listed = rules.get("tiers")
    if not isinstance(listed, list) or not listed:
        yield fault(Part.RULES, N_("The rules name no prize tiers."))
        return
    for place, tier in enumerate(listed, 1):
        if not isinstance(tier, dict) or not _is_tier(tier):
            yield fault(
                Part.RULES,
                N_("Tier %(place)d needs a code, a name and a count of at least 1."),
                place=place,
            )


def _is_tier(tier: Mapping[str, Any]) -> bool:
    code, count = tier.get("code"), tier.get("count")
    named = isinstance(tier.get("name"), str) and isinstance(code, str) and _CODE.fullmatch(code)
    return bool(named) and type(count) is int and count >= 1


def _redraw_commits(rules: Rules) -> Iterator[Fault]:
    announced = rules.get("redraw_commits", [])
    if not isinstance(announced, list) or not all(
        isinstance(commits, list) and all(map(is_hash, commits)) for commits in announced
    ):
        yield fault(Part.RULES, N_("The witness commits for redraws are not lists of SHA-256 hashes."))
