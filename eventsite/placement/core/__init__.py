"""Placing exhibitors as arithmetic: plain values in, arrangements with their reasons out."""
