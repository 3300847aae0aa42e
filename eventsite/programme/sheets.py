"""The team's lists of the programme as files; visitors and partners take the released one from `exports`."""

from eventsite.kernel.words import N_
from eventsite.programme.enums import KINDS, RESOURCE_WORDS, STATES
from eventsite.web.language import pick
from eventsite.web.tables import Table, TableColumn

ITEMS = Table(
    N_("Programme items"),
    (
        TableColumn(N_("From"), "slot.start"),
        TableColumn(N_("To"), "slot.end"),
        TableColumn(N_("Stage"), "stage"),
        TableColumn(
            N_("Stage's name"), from_page=lambda row, page: pick(page["draft"].places[row.stage], "name")
        ),
        TableColumn(N_("Title (Chinese)"), "title_zh"),
        TableColumn(N_("Title (English)"), "title_en"),
        TableColumn(N_("Kind"), "kind", KINDS),
        TableColumn(N_("State"), "status", STATES),
        TableColumn(N_("Troupe"), "troupe.name_zh"),
        TableColumn(N_("Delegation"), "delegation.name_zh"),
    ),
)
TROUPES = Table(
    N_("Troupes"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Delegation"), "delegation.name_zh"),
        TableColumn(N_("People"), "members"),
        TableColumn(N_("Contact"), lambda row: pick(row, "contact_post")),
        TableColumn(N_("Note"), "note_zh"),
    ),
)
RESOURCES = Table(
    N_("People, props, microphones"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Kind"), "kind.value", {kind.value: words for kind, words in RESOURCE_WORDS.items()}),
        TableColumn(N_("How many there are"), "quantity"),
        TableColumn(N_("Items that use it"), from_page=lambda row, page: page["counts"].get(row.id, 0)),
    ),
)
