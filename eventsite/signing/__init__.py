"""Signing: the site's own Ed25519 keys, a set for each purpose, and signed notes that anyone can check."""
