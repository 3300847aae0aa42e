"""Uploads: what strangers and the team give the site, checked by really reading it, kept once under the hash of its bytes.

Nouns: stored file (bytes outside the web root), attachment kinds (photo, document), photo (credit, consent, no EXIF).
"""
