"""Reading files and comparing them with a draft: plain values, no database, no network."""
