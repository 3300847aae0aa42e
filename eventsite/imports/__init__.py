"""Programmes that others made, taken into the draft: c3voc schedules, OPass sessions and spreadsheets.

A `ReadProgramme` is what a file says; a `Diff` is what it would add, move, reword and drop; taking it is one
operation, all or nothing but for the rows that somebody left out by name.
"""
