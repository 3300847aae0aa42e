"""Handing over: what staff see and do when a visitor shows a prize code, and what the visitor sees."""
