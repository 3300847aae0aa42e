"""Cooperation agreements: who promised what to whom, the record's hash, what follows, and deals made at the fair."""
