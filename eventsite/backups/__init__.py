"""Backups of the database: a file, and a manifest of what is in it by which a restore is proved.

The keys (KEYS_DIR) and files (FILES_DIR) are not in them; they are kept apart, so that one stolen copy opens
nothing.
"""
