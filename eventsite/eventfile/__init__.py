"""The event file: one JSON object that holds a whole fair, read whole or not at all, written back the same.

A *section* is a list (or the one object) of the file whose records share a shape; a *fault* is one thing that
is wrong, at its JSON path. `core` reads and judges, `mapping` says which column keeps what.
"""
