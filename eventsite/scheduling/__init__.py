"""When and where what still waits could come: a proposal of the solver for the draft, taken by people.

Nouns: proposal (the best timetable found, with its gap), act (an item as arithmetic sees it), block (acts
that come one after the other), way out (what would have to give way for one that found no place).
"""
