"""Backups of the database and of the files it names, and a manifest by which a restore is proved.

The files (FILES_DIR) lie beside the backups, each once under its hash. The keys (KEYS_DIR) are not there:
they are kept apart, so that one stolen copy opens nothing.
"""
