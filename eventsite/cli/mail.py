"""`flask mail`: send what waits in the outbox."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from eventsite.accounts.operations import send_waiting
from eventsite.cli.plain import plain_faults
from eventsite.kernel.clock import machine_now

mail = AppGroup("mail", help="The mail that the site has written.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(mail)


@mail.command()
@plain_faults
def send() -> None:
    """Send the mails that wait, twenty at a time; without EVENTSITE_SMTP_URL they stay in the outbox."""
    if not current_app.config["SMTP_URL"]:
        raise click.ClickException("EVENTSITE_SMTP_URL is not set: read the mail at /admin/outbox")
    sent = send_waiting(current_app.config["SMTP_URL"], current_app.config["MAIL_FROM"], now=machine_now())
    print(f"{sent} sent")
