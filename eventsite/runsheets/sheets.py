"""The run sheet as a file for spreadsheets."""

from eventsite.kernel.words import N_
from eventsite.programme.enums import KINDS, STATES
from eventsite.web.tables import Table, TableColumn

RUN_SHEET = Table(
    N_("Run sheet"),
    (
        TableColumn(N_("No."), "number"),
        TableColumn(N_("Begins at"), "item.slot.start"),
        TableColumn(N_("Ends at"), "item.slot.end"),
        TableColumn(N_("Planned start"), "item.released_slot.start"),
        TableColumn(N_("Minutes"), "minutes"),
        TableColumn(N_("Set-up (minutes)"), "item.setup"),
        TableColumn(N_("Tear-down (minutes)"), "item.teardown"),
        TableColumn(N_("Title (Chinese)"), "item.title_zh"),
        TableColumn(N_("Title (English)"), "item.title_en"),
        TableColumn(N_("Kind"), "item.kind", KINDS),
        TableColumn(N_("State"), "item.status", STATES),
        TableColumn(N_("Fixed point"), "item.fixed"),
        TableColumn(N_("Performed by"), "performers"),
        TableColumn(N_("Call time"), "call_at"),
        TableColumn(N_("Microphones"), "microphones"),
        TableColumn(N_("Audio"), "item.audio"),
        TableColumn(N_("Props"), "props"),
        TableColumn(N_("Persons"), "people"),
        TableColumn(N_("Notes"), "note"),
        TableColumn(N_("Began"), "item.started_at"),
        TableColumn(N_("Ended"), "item.ended_at"),
    ),
)
