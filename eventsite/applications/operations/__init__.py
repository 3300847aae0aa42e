"""Writing calls and applications: one function an intent, in one transaction with its line in the log."""

from eventsite.applications.operations.holdings import (
    assign_booth,
    follow_file,
    free_booths,
    release_booth,
)

__all__ = ["assign_booth", "follow_file", "free_booths", "release_booth"]
