"""Power circuits as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CircuitFacts:
    """What an organizer says of a circuit; `zone` is a zone's code, `limit_kw` what its breaker carries."""

    code: str
    zone: str
    limit_kw: float
