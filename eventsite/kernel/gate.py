"""One fair queue for the writers of every process: two file locks, taken in order."""

import fcntl
import os


class Gate:
    """Let one process write at a time; for one thread, in the process that made it.

    Who leaves the room must pass the door again, behind the process waiting there (one lock alone is usually
    won back by the leaver). The system frees both when a process dies.
    """

    def __init__(self, path: str) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._door, self._room = (os.open(f"{path}.{name}", flags, 0o600) for name in ("door", "room"))

    def __enter__(self) -> None:
        fcntl.flock(self._door, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._room, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._door, fcntl.LOCK_UN)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._room, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the two files."""
        os.close(self._door)
        os.close(self._room)
