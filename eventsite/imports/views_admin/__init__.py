"""The team's pages of a programme from a file: upload, what it would do, and taking it."""

from flask import Blueprint

blueprint = Blueprint("imports_admin", __name__, url_prefix="/admin/e/<slug:event>/programme/import")

from eventsite.imports.views_admin import importing  # noqa: E402, F401 - registers its pages
