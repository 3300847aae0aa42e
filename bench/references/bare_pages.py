"""Pages without a database: a greeting, a page rendered each time, one kept in memory (the file `KEPT`)."""

import os
from pathlib import Path

from flask import Response

from bench.references.edge import make_app

KEPT = Path(os.environ["KEPT"]).read_bytes()
app = make_app(lambda *_: (1, 3))


@app.get("/hello")
def hello() -> str:
    """Greet."""
    return "Hello, World!"


@app.get("/kept")
def kept() -> Response:
    """Send the page that is kept, packed as the site's is."""
    return Response(KEPT, mimetype="text/html", headers={"Content-Encoding": "gzip"})
