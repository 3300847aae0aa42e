"""How much one table may be."""

MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_BYTES = 5 * 2**20
UNPACKED_MEGABYTES = 120
ENTRIES = 400
SECONDS, MEGABYTES = 40, 900  # of the child that reads a workbook
