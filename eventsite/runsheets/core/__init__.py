"""Sharing out microphones, as plain values."""
