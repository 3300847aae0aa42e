"""The list of checkpoints as a file; no code of theirs is in it."""

from eventsite.checkin.enums import CODE_MODES
from eventsite.kernel.words import N_
from eventsite.web.tables import Table, TableColumn

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
