"""What changes booths and the plan. Each act is one transaction with its row in the audit log."""

from eventsite.market.operations.background import lay_background, remove_background
from eventsite.market.operations.booths import create_booth, edit_booth, remove_booth
from eventsite.market.operations.circuits import (
    connect_booths,
    create_circuit,
    edit_circuit,
    remove_circuit,
)
from eventsite.market.operations.copies import copy_plan
from eventsite.market.operations.exhibitors import NOBODY, follow_exhibitors, name_exhibitor
from eventsite.market.operations.imports import import_booths
from eventsite.market.operations.live import say_live
from eventsite.market.operations.plan import save_plan
from eventsite.market.operations.shapes import create_shape, edit_shape, remove_shape

__all__ = [
    "NOBODY",
    "connect_booths",
    "copy_plan",
    "create_booth",
    "create_circuit",
    "create_shape",
    "edit_booth",
    "edit_circuit",
    "edit_shape",
    "follow_exhibitors",
    "import_booths",
    "lay_background",
    "name_exhibitor",
    "remove_background",
    "remove_booth",
    "remove_circuit",
    "remove_shape",
    "save_plan",
    "say_live",
]
