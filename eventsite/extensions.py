"""The extensions, made once and bound to the application in `create_app`."""

from flask_babel import Babel
from flask_migrate import Migrate
from flask_security import Security
from flask_wtf import CSRFProtect

from eventsite.database import db

babel = Babel()
csrf = CSRFProtect()
migrate = Migrate(render_as_batch=True, compare_type=True)
security = Security()

__all__ = ["babel", "csrf", "db", "migrate", "security"]
