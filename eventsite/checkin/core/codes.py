"""Rotating codes: six digits that a checkpoint's screen shows for one period, made from its secret.

A code is `HMAC-SHA256(secret, window number)` cut to six digits (the truncation of RFC 4226). The code of the
previous window still counts, since a visitor may read it a second before it changes.
"""

import hashlib
import hmac
import struct
from datetime import datetime, timedelta

DIGITS = 6
GRACE = timedelta(seconds=120)  # for a page that was opened in time
DEFAULT_PERIOD = 60  # seconds


def window_at(now: datetime, period: int) -> int:
    """Return the number of the period that `now` lies in."""
    return int(now.timestamp()) // period


def code_of(secret: bytes, window: int) -> str:
    """Return the six digits of a window."""
    digest = hmac.new(secret, struct.pack(">q", window), hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def accepts(secret: bytes, code: str, now: datetime, period: int) -> bool:
    """Tell whether the code is that of the present or of the previous window."""
    window = window_at(now, period)
    given = code.encode("utf-8", "replace")
    answers = [hmac.compare_digest(given, code_of(secret, w).encode()) for w in (window, window - 1)]
    return any(answers)


def seconds_left(now: datetime, period: int) -> int:
    """Return for how many seconds the present code is still shown."""
    return period - int(now.timestamp()) % period
