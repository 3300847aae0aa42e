"""Forms of applications, of the review desk and of calls."""

from eventsite.applications.forms.apply import ApplicationForm, WithdrawForm, apply_form
from eventsite.applications.forms.calls import CallForm, QuestionForm, call_form
from eventsite.applications.forms.desk import FindingForm, RejectForm, ReturnForm, return_form

__all__ = [
    "ApplicationForm",
    "CallForm",
    "FindingForm",
    "QuestionForm",
    "RejectForm",
    "ReturnForm",
    "WithdrawForm",
    "apply_form",
    "call_form",
    "return_form",
]
