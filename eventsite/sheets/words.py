"""The sentences of the craft: why a file is no table, and what is wrong in a cell."""

from eventsite.kernel.words import N_

EMPTY = N_("This file is empty.")
TOO_LARGE = N_("This file has more than %(most)s MB. Split the table and upload the parts.")
OLD_EXCEL = N_(
    "This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx without a password."
)
MACROS = N_("This workbook carries macros. Save it as .xlsx without macros.")
NOT_XLSX = N_("This is no Excel workbook, whatever its name says. Save it as .xlsx or .csv.")
NOT_TEXT = N_("This is no table: save it as .xlsx, or as .csv in UTF-8 or GB18030.")
NO_SHEET = N_("This workbook has no visible sheet.")
TOO_MANY_ROWS = N_("This table has more than %(most)s rows. Split it and upload the parts.")
TOO_MANY_COLUMNS = N_("This table has more than %(most)s columns.")
NO_ROWS = N_("This table has no rows below its heads.")
NO_HEADS = N_("No head of a column is known. Take the template and keep its first row.")

MISSING_COLUMN = N_("This column is missing.")
TWICE = N_("Two columns have this head.")
MERGED = N_("Merged cells: take the merging off, so that each cell has its own value.")
FORMULA = N_("A formula: put in its value instead (copy, then paste values only).")
CELL_FAULT = N_("The spreadsheet shows %(shown)s here.")
REQUIRED = N_("This must be filled in.")
TOO_LONG = N_("At most %(most)s characters; these are %(number)s.")
NO_NUMBER = N_("“%(text)s” is no number.")
NOT_WHOLE = N_("“%(text)s” is no whole number.")
OUTSIDE = N_("Only from %(least)s to %(most)s.")
NO_YES = N_("“%(text)s” is neither yes nor no.")
NO_DATE = N_("“%(text)s” is no date such as 2025-09-06.")
NO_TIME = N_("“%(text)s” is no time such as 09:30.")
NO_MOMENT = N_("“%(text)s” is no date and time such as 2025-09-06 09:30.")
NO_WORD = N_("“%(text)s” is not known here. Known are: %(known)s.")
