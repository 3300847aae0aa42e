"""The application that servers and the `flask` command load."""

from eventsite.application import create_app

app = create_app()
