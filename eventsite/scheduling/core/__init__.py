"""Timetables as arithmetic: plain values in, timetables with what was left out and why out."""
