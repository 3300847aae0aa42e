"""The arithmetic of public draws, `fairdraw/1`: anyone can run it again from the published record.

Entries (an id and a weight) and rules are frozen; witnesses reveal nonces; public chance gives values; a seed
is made of all three, each entry's number follows from the seed, and the lowest numbers win. Absent winners
are redrawn in later rounds. Nothing here reads a clock, a database or a source of randomness.
"""
