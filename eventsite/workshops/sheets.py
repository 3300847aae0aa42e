"""The list of workshops as a file."""

from eventsite.kernel.words import N_
from eventsite.web.tables import Table, TableColumn
from eventsite.workshops.enums import MODE_WORDS

WORKSHOPS = Table(
    N_("Workshops"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("How to join"), "mode", MODE_WORDS),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Booth"), "booth.code"),
        TableColumn(N_("Begins at"), "sessions"),
        TableColumn(N_("Minutes"), "minutes"),
        TableColumn(N_("Places"), "capacity"),
        TableColumn(N_("From age"), "min_age"),
        TableColumn(N_("Materials"), "materials_zh"),
    ),
)
