"""One module for each format: a snapshot of plain values in, bytes out. No Flask, no database, no clock."""
