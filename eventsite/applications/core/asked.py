"""What a call asks for, and what an application still lacks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from eventsite.applications.core.facts import ApplicationFacts, power_of
from eventsite.applications.enums import QuestionKind, Slot
from eventsite.applications.errors import Incomplete
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as plain values; `key` names its answer."""

    key: str
    kind: QuestionKind
    required: bool


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a call asks of one category."""

    most_kw: float
    most_products: int
    needs: tuple[Slot, ...]
    questions: tuple[Question, ...] = ()


REQUIRED = (
    ("unit_zh", N_("Enter the name of the unit.")),
    ("contact_post_zh", N_("Enter whom we can ask for.")),
    ("phone", N_("Enter a telephone number at which we reach you.")),
    ("zone", N_("Choose the zone.")),
    ("commitment_signed", N_("The commitment has to be signed.")),
    ("consented", N_("Without your consent we may not keep your contacts.")),
)


def check_complete(facts: ApplicationFacts, terms: Terms, files: Collection[Slot]) -> None:
    """Raise `Incomplete` with everything that is lacking at once, each on its field of the form."""
    lacking = [*_blanks(facts), *_amounts(facts, terms), *_files(terms, files), *_answers(facts, terms)]
    if lacking:
        raise Incomplete(lacking)


def _blanks(facts: ApplicationFacts) -> Iterator[DomainError]:
    for name, message in REQUIRED:
        if not getattr(facts, name):
            yield DomainError(message, field=name)
    if not facts.products:
        yield DomainError(N_("Name at least one product."), field="product_name_0")


def _amounts(facts: ApplicationFacts, terms: Terms) -> Iterator[DomainError]:
    power = power_of(facts.appliances)
    if power > terms.most_kw:
        yield DomainError(
            N_("Together these are %(kw)g kW; a booth has %(most)g kW at most."),
            field="appliance_name_0",
            kw=power,
            most=terms.most_kw,
        )
    if len(facts.products) > terms.most_products:
        yield DomainError(
            N_("Name %(most)s products at most."), field="product_name_0", most=terms.most_products
        )


def _files(terms: Terms, files: Collection[Slot]) -> Iterator[DomainError]:
    for slot in terms.needs:
        if slot not in files:
            yield DomainError(N_("This file is still needed."), field=f"file_{slot.value}")


def _answers(facts: ApplicationFacts, terms: Terms) -> Iterator[DomainError]:
    for question in terms.questions:
        if question.required and not facts.answers.get(question.key):
            yield DomainError(N_("This question needs an answer."), field=question.key)
