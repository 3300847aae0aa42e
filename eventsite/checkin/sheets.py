"""Lists of the stamp rally as files; no code of a checkpoint is in them."""

from eventsite.checkin.enums import CODE_MODES
from eventsite.kernel.words import N_
from eventsite.web.tables import Table, TableColumn

STAFF_CARDS = Table(
    N_("Cards of the team"),
    (
        TableColumn(N_("Entry code"), "entry_code"),
        TableColumn(N_("Stamps"), "stamps"),
    ),
)

CHECKPOINTS = Table(
    N_("Checkpoints"),
    (
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Proof"), words=CODE_MODES, from_page=lambda row, page: row.mode(page["rally"])),
        TableColumn(N_("Stamps"), from_page=lambda row, page: page["stamps"].get(row.id, 0)),
        TableColumn(N_("Taking stamps"), "active"),
    ),
)
