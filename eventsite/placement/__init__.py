"""Who gets which booth: a proposal of the solver with its reasons, or a public lot with its record.

Nouns: proposal (the best arrangement found, with its gap), demand (what an arrangement must keep, or relax),
lot (a draw of lots for the order in which exhibitors choose).
"""
