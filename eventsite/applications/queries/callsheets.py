"""Calls and questions as their forms show and change them."""

from eventsite.applications.core.calls import CallFacts, CategoryTerms, QuestionFacts
from eventsite.applications.models import Call, CallQuestion


def call_facts(call: Call) -> CallFacts:
    """Return what a form says of a call."""
    return CallFacts(
        code=call.code,
        title_zh=call.title_zh,
        title_en=call.title_en,
        rules_zh=call.rules_zh,
        rules_en=call.rules_en,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        places=call.places,
        over_percent=call.over_percent,
        most_products=call.most_products,
        return_days=call.return_days,
        erase_on=call.erase_on,
        categories=tuple(
            CategoryTerms(category=own.category, most_kw=own.most_kw, needs=tuple(own.needs))
            for own in call.categories
        ),
    )


def question_facts(question: CallQuestion) -> QuestionFacts:
    """Return what a form says of a question."""
    return QuestionFacts(
        category=question.category,
        kind=question.kind,
        text_zh=question.text_zh,
        text_en=question.text_en,
        options_zh=tuple(question.options_zh),
        options_en=tuple(question.options_en),
        required=question.required,
        position=question.position,
    )
