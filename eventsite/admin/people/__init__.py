"""People and their roles: who is made a member of what, and how a role and its scope are read."""
