"""Open words of agreements and deals: the known ones in plain words; others are shown as they are."""

from collections.abc import Mapping

from eventsite.kernel.words import N_

AGREEMENT_KINDS: Mapping[str, str] = {
    "framework_agreement": N_("Framework agreement"),
    "memorandum": N_("Memorandum"),
    "sub_agreement": N_("Sub-agreement"),
}
DEAL_KINDS: Mapping[str, str] = {
    "visitor_exchange": N_("Mutual sending of visitors"),
    "ticket_cooperation": N_("Joint tickets"),
    "creative_purchase": N_("Purchase of creative goods"),
}
DEAL_STAGES: Mapping[str, str] = {
    "intent": N_("Intent"),
    "negotiating": N_("In negotiation"),
    "signed": N_("Contract signed"),
}
