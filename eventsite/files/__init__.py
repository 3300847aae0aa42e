"""Uploads: what strangers and the team give the site, checked by really reading it, kept once under its hash.

Nouns: upload (checked, and laid down in the store), stored file (an event's; its bytes lie outside the web
root), store (the folder of bytes), file kinds (photo, document).
"""
