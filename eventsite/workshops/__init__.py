"""Workshops: what visitors can try themselves, when, and for how many."""
