"""What troupes have of the programme: their own page by private link, and word of what moved.

Nouns: access (how a troupe is reached: its link and its e-mail), answer (a slot that it confirmed),
problem (what it reports, and what it is told), proposal (a time at which it cannot perform), notice (what
changed for it since it was last told; an organizer reads it before it goes out).
"""
