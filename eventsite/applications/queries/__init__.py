"""Reading calls and applications. Every lookup goes through its event; reviewers get their own matters."""

from eventsite.applications.queries.calls import (
    count_in_quota,
    find_call,
    get_call,
    get_call_to_write,
    get_question_to_write,
    list_calls,
)
from eventsite.applications.queries.lookup import (
    find_by_token,
    get_application,
    get_application_to_write,
    list_accepted,
    list_applications,
    list_waiting,
)
from eventsite.applications.queries.placing import (
    Placeable,
    declared_loads,
    find_holding,
    list_brought,
    list_holdings,
    list_placeable,
)

__all__ = [
    "Placeable",
    "count_in_quota",
    "declared_loads",
    "find_by_token",
    "find_call",
    "find_holding",
    "get_application",
    "get_application_to_write",
    "get_call",
    "get_call_to_write",
    "get_question_to_write",
    "list_accepted",
    "list_applications",
    "list_brought",
    "list_calls",
    "list_holdings",
    "list_placeable",
    "list_waiting",
]
