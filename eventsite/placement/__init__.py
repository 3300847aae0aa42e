"""Who gets which booth: a proposal of the solver with its reasons, or a public lot with its record.

Nouns: proposal (an optimum or the best found, with its gap), demand (what to relax), lot (a draw of lots for booths).
"""
