"""What every feature stands on and nothing of the fair: time, tokens, errors, the write queue, the draw arithmetic.

Imports the standard library only.
"""
