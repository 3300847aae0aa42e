"""Spreadsheets, XLSX and CSV, as plain values: knows no feature.

`columns` says what a table holds, `reading` takes what people upload apart and names every fault by row and
column, `writing` makes what they take away. `parser` runs in a child process: workbooks come from strangers.
"""
