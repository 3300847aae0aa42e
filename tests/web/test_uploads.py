"""Long bodies are let in where files are taken, and nowhere else; what was kept is handed out harmlessly."""

from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.test import Client, EnvironBuilder

from eventsite.web.downloads import kept_file, kept_photo
from eventsite.web.uploads import ENDING, UPLOAD_BYTES, body_limit, takes_files
from tests.support.uploads import multipart

ROOT = Path(__file__).resolve().parents[2]
ORDINARY = 2 * 2**20


def limit(app: Flask, path: str, method: str = "POST") -> int:
    return body_limit(app, EnvironBuilder(path=path, method=method).get_environ())


def upload_rules(app: Flask) -> list[str]:
    return [rule.rule for rule in app.url_map.iter_rules() if takes_files_at(app, rule.endpoint)]


def takes_files_at(app: Flask, endpoint: str) -> bool:
    return getattr(app.view_functions[endpoint], "takes_files", False)


def test_pages_that_take_files_end_alike_so_that_nginx_knows_them(app: Flask) -> None:
    assert [rule for rule in upload_rules(app) if not rule.endswith(ENDING)] == []
    assert f"location ~ {ENDING}$ {{\n        client_max_body_size {UPLOAD_BYTES // 2**20}m;" in (
        ROOT / "deploy" / "nginx.conf"
    ).read_text("utf-8")


def test_long_bodies_are_let_in_where_files_are_taken_alone(app: Flask) -> None:
    assert limit(app, "/admin/login") == ORDINARY
    assert limit(app, "/no/such/page/upload") == ORDINARY
    for rule in upload_rules(app):
        path = rule.replace("<slug:event>", "fair-a").replace("<code:code>", "A-01").replace("<int:", "<")
        if "<" not in path:
            assert limit(app, path) == UPLOAD_BYTES
            assert limit(app, path, "GET") == ORDINARY


def form_of(megabytes: int) -> dict[str, Any]:
    """Return a form with one file of that size."""
    return multipart({}, b"x" * (megabytes * 2**20), "a.bin", field="file")


def test_site_reads_a_long_form_where_files_are_taken_and_refuses_it_elsewhere() -> None:
    client = Client(small_site())
    taken = client.post("/photos/upload", **form_of(3))
    assert (taken.status_code, taken.text) == (200, str(3 * 2**20))
    refused = client.post("/photos", **form_of(3))
    assert refused.status_code == 413
    assert "20 MB" in refused.text
    assert "不超过" in refused.text
    assert client.post("/photos/upload", **form_of(25)).status_code == 413


def small_site() -> Flask:
    """Return a site with the body reader and two pages, one of which takes files."""
    from eventsite.web import forwarded, uploads

    site = Flask(__name__)
    site.config.update(MAX_CONTENT_LENGTH=ORDINARY, BASE_URL="http://localhost", TRUSTED_PROXIES=[])

    def size() -> str:
        with request.files["file"].stream as stream:
            return str(len(stream.read()))

    def copy() -> str:
        return size()

    site.add_url_rule("/photos", "photos", size, methods=["POST"])
    site.add_url_rule("/photos/upload", "upload", takes_files(copy), methods=["POST"])
    uploads.init_app(site)
    forwarded.init_app(site)
    return site


def test_kept_file_is_saved_and_never_run(app: Flask) -> None:
    with app.test_request_context():
        headers = kept_file(b"%PDF", name="许可.pdf", mimetype="application/pdf").headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_kept_photo_is_shown_and_lasts_unless_it_is_private(app: Flask) -> None:
    with app.test_request_context():
        shown = kept_photo(b"x", name="a.jpg", sha256="ab" * 32).headers
        private = kept_photo(b"x", name="a.jpg", sha256="ab" * 32, private=True).headers
    assert shown["Content-Disposition"].startswith("inline;")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["Cache-Control"] == "public, max-age=3600"  # consent may be withdrawn
    assert private["Cache-Control"] == "no-store"
