"""The site's jobs and when each of them runs, by the machine's clock in UTC."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from flask import current_app
from huey import crontab

from eventsite.accounts.core import system
from eventsite.accounts.operations import forget_mail, send_waiting
from eventsite.applications.operations import erase_contacts
from eventsite.audit.operations import tie_knot
from eventsite.audit.queries import find_last_knot
from eventsite.backups.operations import create_backup, prune_backups
from eventsite.backups.queries import backups_folder, site_database, was_backed_up_between
from eventsite.events.queries import list_events
from eventsite.files.operations import sweep_files
from eventsite.jobs.heads import origin_of, write_head
from eventsite.kernel import clock
from eventsite.partners.core.addresses import bounds_of
from eventsite.partners.operations import deliver_due, queue_deliveries
from eventsite.partners.sending import send
from eventsite.sealing.operations import load_sealer
from eventsite.signing.enums import KeyPurpose
from eventsite.signing.operations import signing_keys
from eventsite.troupes.operations import draft_notices, erase_troupe_contacts

HEADS = "audit-heads"
BACKUP_EVERY = timedelta(hours=24)
BACKUPS_KEPT = 14


@dataclass(frozen=True)
class Job:
    """Something that happens by itself, in an app context, each time `when` says so."""

    name: str
    when: Callable[[datetime], bool]
    act: Callable[[], object]


def tie() -> None:
    """Tie what was written to the log since the last minute."""
    tie_knot(clock.now())


def publish_head() -> None:
    """Put the head of the log into the folder that is copied off the machine."""
    knot = find_last_knot()
    keyring = signing_keys(current_app.config["KEYS_DIR"], KeyPurpose.AUDIT_HEAD)
    if knot is not None:
        write_head(heads_folder(), knot, origin=origin_of(current_app.config["BASE_URL"]), keyring=keyring)


def back_up() -> None:
    """Make a backup where the last one is a day old; asked each hour, since a machine may have been off."""
    now, folder = clock.machine_now(), backups_folder()
    if not was_backed_up_between(folder, now - BACKUP_EVERY, now):
        create_backup(site_database(), folder, now=now)
        prune_backups(folder, keep=BACKUPS_KEPT)


def send_mail() -> None:
    """Send the mail that waits, where there is a server for it."""
    if current_app.config["SMTP_URL"]:
        send_waiting(current_app.config["SMTP_URL"], current_app.config["MAIL_FROM"], now=clock.machine_now())


def tell_partners() -> None:
    """Queue what partners' webhooks have not heard of, and send what is due."""
    settings = current_app.config
    queue_deliveries(site=settings["BASE_URL"], now=clock.now())
    deliver_due(
        system("jobs"),
        partial(send, bounds=bounds_of(settings)),
        sealer=load_sealer(settings["KEYS_DIR"]),
        now=clock.now(),
        at=int(clock.machine_now().timestamp()),
    )


def sweep_uploads() -> None:
    """Remove the bytes of uploads that nothing came of."""
    sweep_files(clock.machine_now())


def forget_contacts() -> None:
    """Erase the contacts of applicants and of troupes whose announced day has come."""
    erase_contacts(system("jobs"), now=clock.now())
    erase_troupe_contacts(system("jobs"), now=clock.now())


def draft_troupe_notices() -> None:
    """Draft what troupes have to know of new versions; an organizer sends it, never a job."""
    for event in list_events():
        if not event.is_archived:
            draft_notices(system("jobs"), event, now=clock.now())


def forget_old_mail() -> None:
    """Delete what was written long ago, whoever it was written to."""
    forget_mail(now=clock.machine_now())


def heads_folder() -> Path:
    """Return where the heads of the log lie."""
    return Path(current_app.config["INSTANCE_DIR"]) / HEADS


JOBS = (
    Job("tie", crontab(minute="*"), tie),
    Job("send_mail", crontab(minute="*"), send_mail),
    Job("tell_partners", crontab(minute="*"), tell_partners),
    Job("draft_troupe_notices", crontab(minute="*"), draft_troupe_notices),
    Job("publish_head", crontab(minute="5"), publish_head),
    Job("back_up", crontab(minute="10"), back_up),
    Job("sweep_uploads", crontab(minute="40", hour="*/6"), sweep_uploads),
    Job("forget_contacts", crontab(minute="20"), forget_contacts),
    Job("forget_old_mail", crontab(minute="50", hour="4"), forget_old_mail),
)
