"""A call for exhibitors as plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from eventsite.applications.enums import QuestionKind
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class CategoryTerms:
    """What a call asks of a category; `needs` are the values of `Slot`."""

    category: str
    most_kw: float
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """What a form says of a call."""

    code: str
    title_zh: str
    title_en: str
    rules_zh: str
    rules_en: str
    opens_at: datetime
    closes_at: datetime
    places: int
    over_percent: int
    most_products: int
    return_days: int
    erase_on: date
    categories: tuple[CategoryTerms, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionFacts:
    """What a form says of a question; options are pairs of Chinese and English, for a choice."""

    category: str
    kind: QuestionKind
    text_zh: str
    text_en: str
    options_zh: tuple[str, ...]
    options_en: tuple[str, ...]
    required: bool
    position: int


def check_call(facts: CallFacts) -> None:
    """Raise `DomainError` on the field that contradicts another."""
    if facts.opens_at >= facts.closes_at:
        raise DomainError(N_("The call has to close after it opens."), field="closes_at")
    if facts.erase_on <= facts.closes_at.date():
        raise DomainError(N_("Contacts are erased after the call has closed."), field="erase_on")
    if not facts.categories:
        raise DomainError(N_("Say for which kind of booth the call is."), field="most_kw_0")


def check_question(facts: QuestionFacts) -> None:
    """Raise `DomainError` where a choice has no options to choose from."""
    if facts.kind is not QuestionKind.CHOICE:
        return
    if len(facts.options_zh) < 2 or len(facts.options_zh) != len(facts.options_en):
        raise DomainError(
            N_("A choice needs two options or more, as many in English as in Chinese."), field="options_zh"
        )
