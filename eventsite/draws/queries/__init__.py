"""Reading raffles, draws, their records, and the prizes that visitors won, each through its event."""

from eventsite.draws.queries.awards import (
    find_award_by_key,
    find_award_by_typed_code,
    get_award,
    list_awards,
    list_awards_of,
    list_results,
)
from eventsite.draws.queries.draws import (
    count_entries,
    eligible_entries,
    find_next_draw,
    find_open_proposal,
    find_raffle,
    find_void_reason,
    get_draw,
    get_organization,
    get_witness,
    list_draws,
    list_proposals,
    standing_of,
)
from eventsite.draws.queries.lookup import EntryAnswer, look_up
from eventsite.draws.queries.records import (
    Playable,
    find_published,
    find_weight,
    frozen_entries,
    get_playable,
    read_record,
)
from eventsite.draws.queries.terms import planned_prizes, prize_plan, terms_of

__all__ = [
    "EntryAnswer",
    "Playable",
    "count_entries",
    "eligible_entries",
    "find_award_by_key",
    "find_award_by_typed_code",
    "find_next_draw",
    "find_open_proposal",
    "find_published",
    "find_raffle",
    "find_void_reason",
    "find_weight",
    "frozen_entries",
    "get_award",
    "get_draw",
    "get_organization",
    "get_playable",
    "get_witness",
    "list_awards",
    "list_awards_of",
    "list_draws",
    "list_proposals",
    "list_results",
    "look_up",
    "planned_prizes",
    "prize_plan",
    "read_record",
    "standing_of",
    "terms_of",
]
