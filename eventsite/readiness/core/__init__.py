"""The arithmetic of readiness: plain values in, sentences, loads, days and verdicts out."""

from eventsite.readiness.core.days import Countdown, DayState, milestone_day, permit_day
from eventsite.readiness.core.facts import (
    AccessFacts,
    CertificateFacts,
    FaultFacts,
    MilestoneFacts,
    PermitFacts,
    SlotFacts,
    check_days,
    check_window,
)
from eventsite.readiness.core.gate import PassState, Verdict, judge_pass, masked
from eventsite.readiness.core.loads import Load, LoadLevel, load_of
from eventsite.readiness.core.ready import Evidence, Missing, Paper, PermitPaper, missing_of, needed_papers
from eventsite.readiness.core.walk import walking_order

__all__ = [
    "AccessFacts",
    "CertificateFacts",
    "Countdown",
    "DayState",
    "Evidence",
    "FaultFacts",
    "Load",
    "LoadLevel",
    "MilestoneFacts",
    "Missing",
    "Paper",
    "PassState",
    "PermitFacts",
    "PermitPaper",
    "SlotFacts",
    "Verdict",
    "check_days",
    "check_window",
    "judge_pass",
    "load_of",
    "masked",
    "milestone_day",
    "missing_of",
    "needed_papers",
    "permit_day",
    "walking_order",
]
