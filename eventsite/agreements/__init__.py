"""Cooperation agreements: who promised what to whom, the record and its hash, what follows, and deals."""
