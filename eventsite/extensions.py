"""The extensions, made once and bound to the application in `create_app`."""

from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from eventsite.database import db

babel = Babel()
csrf = CSRFProtect()
migrate = Migrate()

__all__ = ["babel", "csrf", "db", "migrate"]
