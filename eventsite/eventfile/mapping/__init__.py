"""Which column of which table keeps what an event file says: one table for reading and for writing.

A key of the file with a column of the same name needs no line here. What differs is declared in `sections`.
"""
