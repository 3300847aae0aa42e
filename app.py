"""The application that servers and the `flask` command load."""

from eventsite import create_app

app = create_app()
