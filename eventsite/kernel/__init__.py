"""What every feature stands on: time, tokens, errors, the write queue, the draw arithmetic.

Imports the standard library only.
"""
