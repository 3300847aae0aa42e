"""Rules beyond the schema: each module judges the whole file from one side.

A rule passes over values of a wrong type, which the schema names, so that one reading names every fault.
"""
