"""Tasks for a child process of small means: each does one thing that such a process may or may not."""

import logging
import os
import time
from pathlib import Path

from eventsite.kernel.errors import DomainError

READ_HERE = "/etc/hostname"


def shout(data: bytes) -> bytes:
    return data.upper()


def refuse(data: bytes) -> bytes:
    raise DomainError("%(what)s is refused.", field="photo", what=data.decode())


def sleep(_data: bytes) -> bytes:
    time.sleep(60)
    return b""


def burn(_data: bytes) -> bytes:
    while True:
        pass


def swell(_data: bytes) -> bytes:
    return b"x" * (400 * 2**20)


def vanish(_data: bytes) -> bytes:
    os.kill(os.getpid(), 11)
    return b""


def grumble(_data: bytes) -> bytes:
    logging.getLogger("a reader").warning("an oddity")
    os._exit(3)


def stumble(_data: bytes) -> bytes:
    raise RuntimeError("a fault of a library")


def tell_secrets(_data: bytes) -> bytes:
    return repr(sorted(os.environ)).encode()


def write(data: bytes) -> bytes:
    Path(data.decode()).write_bytes(b"left behind")
    return b""
