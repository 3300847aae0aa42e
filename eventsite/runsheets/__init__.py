"""Paper for those who run the stages: run sheets, microphone plan, order for the hosts, and the handbook.

Nouns: paper (a PDF of one release), section (a stage on a day), set (microphones that are handed from item to
item), peak (how many of a set are out at once).
"""
