"""The application that servers and the `flask` command load; wrong settings end the process in one line."""

import sys

from eventsite.application import create_app
from eventsite.kernel.errors import Misconfigured

try:
    app = create_app()
except Misconfigured as refusal:
    sys.exit(f"The site does not start: {refusal}. Settings: docs/configuration.md")
