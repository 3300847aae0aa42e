"""Sources of public chance as the rules announce them, and the values that come from them.

`rules["sources"]` lists the sources of the draw, all of which are used, in that order. A source may carry
`fallback`, a list of sources of which the first that takes place stands in for it. `rules["redraw_sources"]`
lists the same for rounds 1, 2 and so on; a round it does not name uses `sources` again. A lottery issue or
drand round serves one round only.

- `{"kind": "stage"}`: decimal digits made before the crowd, one text; `"digits": 24` asks for that many;
- `{"kind": "lottery", "name": "双色球", "issue": "2025102", "numbers": [[6, 1, 33], [1, 1, 16]]}`: how many
  numbers come from which range; several are a list, one alone is an integer;
- `{"kind": "drand", "chain": "quicknet", "round": 657413}`: the randomness as hex text; the source as a round
  used it also carries the `signature` of which the randomness is the hash.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from math import comb, log2
from typing import Any

from eventsite.kernel.fairdraw.faults import Fault, Faulty, Part, fault
from eventsite.kernel.fairdraw.hashing import is_hash
from eventsite.kernel.words import N_

Value = str | int | list[int] | None
Source = Mapping[str, Any]

STAGE_DIGITS = 20
LEAST_BITS = 60  # 20 digits have 66, one 快乐8 draw 61.6; a 3D number has 10 and a 双色球 draw 24
LOTTERIES = {
    "快乐8": ((20, 1, 80),),
    "双色球": ((6, 1, 33), (1, 1, 16)),
    "大乐透": ((5, 1, 35), (2, 1, 12)),
    "排列5": ((1, 0, 99999),),
    "福彩3D": ((1, 0, 999),),
}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = re.compile(r"[0-9]+")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")


def lottery(name: str, issue: str) -> dict[str, Any]:
    """Return the source for an issue of a known lottery; raises `KeyError` for an unknown name."""
    return {
        "kind": "lottery",
        "name": name,
        "issue": issue,
        "numbers": [list(part) for part in LOTTERIES[name]],
    }


def read_stage(text: str, source: Source) -> list[Value]:
    """Return the digits typed in on stage as one text; raises `Faulty` for too few or foreign signs."""
    digits = "".join(text.translate(_FULL_WIDTH).split())
    return _read([digits], source)


def read_lottery(text: str, source: Source) -> list[Value]:
    """Return a lottery's numbers, typed in announced order with any signs between them."""
    typed = [int(digits) for digits in _DIGITS.findall(text.translate(_FULL_WIDTH))]
    values: list[Value] = []
    for count, _, _ in source["numbers"]:
        part, typed = typed[:count], typed[count:]
        values.append(part[0] if count == 1 and part else part)
    return _read([*values, *typed], source)


def read_drand(randomness: str, source: Source) -> list[Value]:
    """Return a drand round's randomness; `source` carries the pasted `signature`."""
    return _read([randomness.strip().lower()], source)


def value_count(source: Source) -> int:
    """Return how many values the source gives."""
    return len(source["numbers"]) if source["kind"] == "lottery" else 1


def planned_sources(rules: Mapping[str, Any], round_no: int) -> list[Source] | None:
    """Return the sources announced for a round, `None` where the rules announce none at all."""
    if "sources" not in rules:
        return None
    plans = [rules["sources"], *rules.get("redraw_sources", [])]
    return list(plans[round_no] if round_no < len(plans) else plans[0])


def name_of(source: Source) -> str:
    """Return what tells one occasion of chance from another; `stage` has no name, it is made afresh."""
    return " ".join(str(source[key]) for key in ("kind", "name", "chain", "issue", "round") if key in source)


def check_values(
    plan: Sequence[Source] | None, used: Sequence[Source], values: Sequence[Value]
) -> list[Fault]:
    """Name what differs between the announced sources, those used and the values they gave."""
    if plan is None:
        return []
    if len(used) != len(plan) or not all(
        _stands_for(one, source) for one, source in zip(used, plan, strict=True)
    ):
        return [fault(Part.VALUE, N_("The sources used are not those that the rules announce."))]
    if len(values) != sum(map(value_count, used)):
        return [fault(Part.VALUE, N_("The number of values does not fit the sources."))]
    rest, faults = list(values), []
    for source in used:
        count = value_count(source)
        faults += _value_faults(source, rest[:count])
        rest = rest[count:]
    return faults


def check_sources(rules: Mapping[str, Any]) -> list[Fault]:
    """Name what is wrong with the sources that the rules announce; rules may announce none."""
    if "sources" not in rules:
        return []
    redraws = rules.get("redraw_sources", [])
    if not isinstance(redraws, list):
        return [fault(Part.RULES, N_("The sources for redraws are not a list of lists."))]
    return [found for plan in [rules["sources"], *redraws] for found in _plan_faults(plan)]


def _plan_faults(plan: object) -> Iterator[Fault]:
    if not isinstance(plan, list) or not plan or not all(map(_is_planned, plan)):
        yield fault(Part.RULES, N_("A source of chance is not described in full."))
    elif sum(_least_bits(source) for source in plan) < LEAST_BITS:
        yield fault(
            Part.RULES,
            N_("The sources of chance together need at least %(bits)d bits; name one more."),
            bits=LEAST_BITS,
        )


def _is_planned(source: object) -> bool:
    if (
        not isinstance(source, dict)
        or "signature" in source
        or not isinstance(source.get("fallback", []), list)
    ):
        return False
    return _is_source(source) and all(
        isinstance(other, dict) and "fallback" not in other and _is_source(other)
        for other in source.get("fallback", [])
    )


def _is_source(source: Source) -> bool:
    match source.get("kind"):
        case "stage":
            digits = source.get("digits", STAGE_DIGITS)
            return type(digits) is int and digits >= STAGE_DIGITS
        case "lottery":
            parts = source.get("numbers")
            named = all(isinstance(source.get(key), str) and source[key] for key in ("name", "issue"))
            return named and isinstance(parts, list) and bool(parts) and all(map(_is_range, parts))
        case "drand":
            chain, number = source.get("chain"), source.get("round")
            return isinstance(chain, str) and bool(chain) and type(number) is int and number >= 1
    return False


def _is_range(part: object) -> bool:
    if not isinstance(part, list) or len(part) != 3 or not all(type(number) is int for number in part):
        return False
    count, low, high = part
    return bool(0 <= low <= high and 1 <= count <= high - low + 1)


def _least_bits(source: Source) -> float:
    return min(map(_bits, [source, *source.get("fallback", [])]))


def _bits(source: Source) -> float:
    match source["kind"]:
        case "stage":
            return float(source.get("digits", STAGE_DIGITS) * log2(10))
        case "lottery":
            return sum(log2(comb(high - low + 1, count)) for count, low, high in source["numbers"])
    return 256.0


def _stands_for(used: Source, planned: Source) -> bool:
    return _plain(used) in map(_plain, [planned, *planned.get("fallback", [])])


def _plain(source: Source) -> Source:
    return {key: value for key, value in source.items() if key not in {"fallback", "signature"}}


def _read(values: list[Value], source: Source) -> list[Value]:
    if len(values) != value_count(source):
        raise Faulty([fault(Part.VALUE, N_("The number of values does not fit the sources."))])
    if faults := _value_faults(source, values):
        raise Faulty(faults)
    return values


def _value_faults(source: Source, values: Sequence[Value]) -> list[Fault]:
    match source["kind"]:
        case "stage":
            return _stage_faults(source, values[0])
        case "lottery":
            parts = zip(values, source["numbers"], strict=True)
            if not all(_fits(value, *part) for value, part in parts):
                return [fault(Part.VALUE, N_("These are not numbers of %(name)s."), name=source["name"])]
        case "drand":
            if not _is_randomness(values[0], source.get("signature")):
                return [fault(Part.VALUE, N_("The drand randomness is not the hash of its signature."))]
    return []


def _stage_faults(source: Source, value: Value) -> list[Fault]:
    if not isinstance(value, str) or not _DIGITS.fullmatch(value):
        return [fault(Part.VALUE, N_("Stage digits are the digits 0 to 9 alone, as one text."))]
    exact = source.get("digits")
    if exact is not None and len(value) != exact:
        return [
            fault(
                Part.VALUE,
                N_("The rules ask for %(count)d stage digits, here are %(given)d."),
                count=exact,
                given=len(value),
            )
        ]
    if len(value) < STAGE_DIGITS:
        return [
            fault(
                Part.VALUE,
                N_("The rules ask for at least %(count)d stage digits, here are %(given)d."),
                count=STAGE_DIGITS,
                given=len(value),
            )
        ]
    return []


def _fits(value: Value, count: int, low: int, high: int) -> bool:
    numbers = [value] if count == 1 else value
    if not isinstance(numbers, list) or len(numbers) != count:
        return False
    return (
        all(type(number) is int and low <= number <= high for number in numbers)
        and len(set(numbers)) == count
    )


def _is_randomness(value: Value, signature: object) -> bool:
    if not is_hash(value) or not isinstance(signature, str) or not _HEX.fullmatch(signature):
        return False
    return sha256(bytes.fromhex(signature)).hexdigest() == value
