"""What cities show and what came of it, as a file."""

from eventsite.kernel.words import N_
from eventsite.web.tables import Table, TableColumn

CITIES = Table(
    N_("What cities show"),
    (
        TableColumn(N_("City (Chinese)"), "delegation.city_zh"),
        TableColumn(N_("City (English)"), "delegation.city_en"),
        TableColumn(N_("Photos"), "photos"),
        TableColumn(N_("Goods"), "products"),
        TableColumn(N_("Routes"), "routes"),
        TableColumn(N_("Heritage holders"), "inheritors"),
        TableColumn(N_("Visits"), "visits"),
        TableColumn(N_("Different visitors"), "visitors"),
        TableColumn(N_("Voucher offers"), "vouchers"),
        TableColumn(N_("Vouchers taken"), "taken"),
        TableColumn(N_("Vouchers used"), "used"),
    ),
)
