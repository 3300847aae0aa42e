"""The stamp rally: anonymous visitor passes, checkpoints with their codes, and stamps."""
