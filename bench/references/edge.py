"""What the bare check-ins share: a signed address, one store, one page of 3 KB."""

from collections.abc import Callable

from flask import Flask, Response, abort, make_response, render_template
from itsdangerous import BadSignature, URLSafeSerializer

SEAL = URLSafeSerializer("bench", salt="check-in")
DAY = "2025-09-06"
Store = Callable[[int, int, str], tuple[int, int]]


def address(visitor: int, booth: int) -> str:
    """Return the signed address of a check-in."""
    return f"/c/{SEAL.dumps([visitor, booth, DAY])}"


def make_app(store: Store) -> Flask:
    """Make the application around a store, which tells whether the stamp is new and how many there are."""
    app = Flask(__name__)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/c/<token>")
    def check_in(token: str) -> Response:
        try:
            visitor, booth, day = SEAL.loads(token)
        except BadSignature:
            abort(404)
        fresh, count = store(visitor, booth, day)
        page = render_template("page.html", fresh=fresh, count=count, visitor=visitor, booth=booth, day=day)
        response = make_response(page)
        response.headers["Cache-Control"] = "no-store"
        return response

    return app
