"""The day on the stages: the stage manager's desk with its standby list, the screens, and switching plans.

Nouns: desk (what one stage shows its manager), check (a tick on the list of an item on standby), screen (a
full-screen board), switch (putting another plan in force, and going back).
"""
