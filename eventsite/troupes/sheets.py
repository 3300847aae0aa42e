"""The list of troupes as a file; what people can be reached by is not in it."""

from eventsite.kernel.words import N_
from eventsite.troupes.enums import STATE_WORDS
from eventsite.web.language import pick
from eventsite.web.tables import Table, TableColumn

TROUPES = Table(
    N_("Troupes"),
    (
        TableColumn(N_("Name (Chinese)"), "troupe.name_zh"),
        TableColumn(N_("Name (English)"), "troupe.name_en"),
        TableColumn(N_("Delegation"), "troupe.delegation.name_zh"),
        TableColumn(N_("People"), "troupe.members"),
        TableColumn(N_("Slots"), lambda row: len(row.slots)),
        TableColumn(N_("State"), "state.value", {state.value: words for state, words in STATE_WORDS.items()}),
        TableColumn(N_("Confirmed in version"), "number"),
        TableColumn(N_("Open problems"), "problems"),
        TableColumn(N_("Contact"), lambda row: pick(row.troupe, "contact_post")),
        TableColumn(N_("Note"), "troupe.note_zh"),
    ),
)
