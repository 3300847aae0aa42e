"""Sealing: what is personal is kept encrypted by keys outside the database, and found by a keyed hash."""
