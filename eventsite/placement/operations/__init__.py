"""Proposals asked for, worked out and applied; lots frozen, drawn and applied."""
