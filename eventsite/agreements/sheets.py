"""The lists of agreements and deals as files."""

from typing import Any

from eventsite.agreements.enums import AGREEMENT_KINDS, DEAL_KINDS, DEAL_STAGES
from eventsite.kernel.words import N_
from eventsite.web.language import pick
from eventsite.web.tables import Table, TableColumn


def _parties(row: Any) -> list[str]:
    return [pick(party.organization, "name") for party in row.parties]


def _still_open(row: Any) -> int:
    return sum(follow_up.status == "open" for follow_up in row.follow_ups)


AGREEMENTS = Table(
    N_("Agreements"),
    (
        TableColumn(N_("Title of the agreement (Chinese)"), "title_zh"),
        TableColumn(N_("Title of the agreement (English)"), "title_en"),
        TableColumn(N_("Kind"), "kind", AGREEMENT_KINDS),
        TableColumn(N_("Parties"), _parties),
        TableColumn(N_("Signed"), "signed_date"),
        TableColumn(N_("Signed at"), "signed_place_zh"),
        TableColumn(N_("Commitments"), lambda row: len(row.commitments)),
        TableColumn(N_("Still open"), _still_open),
        TableColumn(N_("Fingerprint"), from_page=lambda row, page: page["hashes"][row.id]),
    ),
)
DEALS = Table(
    N_("Deals"),
    (
        TableColumn(N_("Subject"), "subject_zh"),
        TableColumn(N_("How far"), "stage", DEAL_STAGES),
        TableColumn(N_("Kind"), "kind", DEAL_KINDS),
        TableColumn(N_("One side"), "party_a_zh"),
        TableColumn(N_("Other side"), "party_b_zh"),
        TableColumn(N_("Amount (CNY)"), "amount_cny"),
        TableColumn(N_("Recorded"), "recorded_at"),
    ),
)
