"""Is a booth ready? Only when permit, power, people, sign and giveaway count are in; else what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventsite.kernel.words import N_
from eventsite.readiness.core.loads import Load, LoadLevel
from eventsite.readiness.enums import CERTIFICATE_WORDS, SETTLED, CertificateKind, Part

BY_CATEGORY: Mapping[str, tuple[CertificateKind, ...]] = {
    "food": (CertificateKind.BUSINESS, CertificateKind.FOOD, CertificateKind.HEALTH),
    "creative": (CertificateKind.BUSINESS,),
    "city_show": (CertificateKind.INSURANCE,),
}
FOOD = (CertificateKind.FOOD, CertificateKind.HEALTH)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A certificate: what it proves, until when, and whether somebody has checked it."""

    kind: CertificateKind
    expires_on: date | None
    checked: bool

    def holds_on(self, day: date) -> bool:
        """Tell whether it still holds on a day; without an end it always does."""
        return self.expires_on is None or self.expires_on >= day


@dataclass(frozen=True, kw_only=True)
class PermitPaper:
    """A permit that the booth waits for."""

    name_zh: str
    name_en: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that decides whether a booth is ready.

    `loads` are those of its circuit and of its zone; `needs_circuit` says that it hangs on none though it
    draws power and the fair has circuits. `passes` counts its staff passes in force, `allowed` how many it
    may have, `inside` how many have come in.
    """

    needed: tuple[CertificateKind, ...]
    papers: tuple[Paper, ...]
    permits: tuple[PermitPaper, ...]
    last_day: date
    draws_power: bool
    needs_circuit: bool
    loads: tuple[Load, ...]
    inspected: bool
    allowed: int
    passes: int
    inside: int
    people_ticked: bool
    sign_up: bool
    has_gifts: bool
    gifts_counted: bool


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What keeps a booth from being ready: a sentence with its values.

    `paper` is a word for a certificate and `names` the two names of a permit, put into the sentence as
    `%(paper)s` in the reader's language.
    """

    part: Part
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    paper: str = ""
    names: tuple[str, str] | None = None


def needed_papers(
    category: str, *, food_permit: bool, open_flame: bool, is_float: bool
) -> tuple[CertificateKind, ...]:
    """Return which certificates a booth has to show."""
    wanted = set(BY_CATEGORY.get(category, ()))
    if food_permit:
        wanted |= set(FOOD)
    if open_flame:
        wanted.add(CertificateKind.FIRE)
    if is_float:
        wanted.add(CertificateKind.INSURANCE)
    return tuple(kind for kind in CertificateKind if kind in wanted)


def missing_of(evidence: Evidence) -> tuple[Missing, ...]:
    """Return what is missing, in the order of the parts; nothing for a booth that is ready."""
    return (
        *_papers(evidence),
        *_permits(evidence),
        *_power(evidence),
        *_people(evidence),
        *_rest(evidence),
    )


def _papers(evidence: Evidence) -> Iterator[Missing]:
    for kind in evidence.needed:
        words = CERTIFICATE_WORDS[kind]
        own = [paper for paper in evidence.papers if paper.kind is kind]
        lasting = [paper for paper in own if paper.holds_on(evidence.last_day)]
        if not own:
            yield Missing(part=Part.PERMIT, message=N_("%(paper)s: none is filed."), paper=words)
        elif not lasting:
            ends = max(paper.expires_on for paper in own if paper.expires_on)
            yield Missing(
                part=Part.PERMIT,
                message=N_("%(paper)s: it ends on %(day)s, before the fair does."),
                params={"day": ends},
                paper=words,
            )
        elif not any(paper.checked for paper in lasting):
            yield Missing(part=Part.PERMIT, message=N_("%(paper)s: nobody has checked it yet."), paper=words)


def _permits(evidence: Evidence) -> Iterator[Missing]:
    for permit in evidence.permits:
        if permit.status not in SETTLED:
            refused = permit.status == "rejected"
            yield Missing(
                part=Part.PERMIT,
                message=N_("%(paper)s: refused.") if refused else N_("%(paper)s: not decided yet."),
                names=(permit.name_zh, permit.name_en),
            )


def _power(evidence: Evidence) -> Iterator[Missing]:
    if evidence.needs_circuit:
        yield Missing(part=Part.POWER, message=N_("It hangs on no circuit yet."))
    for load in evidence.loads:
        if evidence.draws_power and load.level is LoadLevel.OVER:
            yield Missing(
                part=Part.POWER,
                message=N_("%(code)s carries %(kw)g kW, and its limit is %(limit)g kW."),
                params={"code": load.code, "kw": load.kw, "limit": load.limit},
            )
    if evidence.draws_power and not evidence.inspected:
        yield Missing(part=Part.POWER, message=N_("Nobody has inspected its power yet."))


def _people(evidence: Evidence) -> Iterator[Missing]:
    if evidence.allowed and not evidence.passes:
        yield Missing(part=Part.PEOPLE, message=N_("No staff pass is issued."))
    elif not evidence.people_ticked and not evidence.inside:
        yield Missing(part=Part.PEOPLE, message=N_("Nobody of its people has come yet."))


def _rest(evidence: Evidence) -> Iterator[Missing]:
    if not evidence.sign_up:
        yield Missing(part=Part.SIGN, message=N_("Its sign is not up."))
    if evidence.has_gifts and not evidence.gifts_counted:
        yield Missing(part=Part.GIFTS, message=N_("Its giveaways are not counted."))
