"""Our own sheets, scripts and drawings travel packed: a phone's first load fits a crowded network.

Pages are not packed here: they carry proofs, and packing beside what a reader sent tells of them.
"""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Response, current_app, request

FOR_EVER = "public, max-age=31536000, immutable"
PACKED_KINDS = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


def finish(response: Response, filename: str) -> Response:
    """Let an address with its content's hash be kept for ever; pack text for readers that can unpack it."""
    if "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = FOR_EVER
    if response.mimetype not in PACKED_KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or request.method != "GET" or not request.accept_encodings["gzip"]:
        return response
    file = Path(current_app.static_folder or "", filename)
    response.close()  # the file as it is; what goes out is the packed copy
    response.direct_passthrough = False
    response.set_data(packed(str(file), file.stat().st_mtime_ns))
    response.content_encoding = "gzip"
    response.headers["ETag"] = f'"{response.headers["ETag"].strip(chr(34))}-gzip"'
    return response


@lru_cache(maxsize=256)
def packed(path: str, changed: int) -> bytes:
    """Return a file's bytes packed; `changed` makes another version another entry."""
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)
