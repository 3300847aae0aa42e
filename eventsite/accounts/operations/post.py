"""Mail: written in the transaction of the act it tells of, sent after it, and kept where no server is set."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from sqlalchemy import CursorResult, delete, or_, select
from sqlalchemy.orm import undefer

from eventsite.accounts.core import Actor
from eventsite.accounts.models import OutboxMail
from eventsite.accounts.queries import get_mail_to_write
from eventsite.audit.operations import record
from eventsite.database import atomic, db
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_

PATIENCE = 5.0  # seconds for the mail server
ONCE = 20  # mails in one go
MOST_ATTACHED = 256 * 1024  # bytes
KEPT = timedelta(days=90)  # a mail says who was written to, and what
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
"""How long a mail that was not taken waits before each further try; after the last it is given up."""
# Strangers say where to write to them. Signs that mean something in a header, and halves of signs, have no
# place in an address: the library that reads it stumbles over some, and takes a comma for a second reader.
# Nor has "=?": from there on it reads a word in disguise, which may be a new line with a header of its own.
SOUND = re.compile(r"(?!.*=\?)[^\s@()<>\[\]:;,\\\"\x00-\x1f\x7f\ud800-\udfff]+@[^\W_]([\w.-]*[^\W_])?\Z")
NO_ADDRESS = "this is no address to write to"


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with a mail. `name` is ASCII; `mimetype` may have parameters after a semicolon."""

    name: str
    mimetype: str
    data: bytes


def post_mail(
    recipient: str,
    subject: str,
    body: str,
    *,
    now: datetime,
    secret: bool = False,
    attachment: Attachment | None = None,
) -> None:
    """Put a mail into the outbox. A secret one (it holds a link) is emptied as soon as it is sent.

    Raises `DomainError` for an attachment that mail servers would refuse.
    """
    if attachment is not None and len(attachment.data) > MOST_ATTACHED:
        raise DomainError(N_("What is attached is too large for a mail."))
    with atomic() as session:
        session.add(
            OutboxMail(
                recipient=recipient,
                subject=subject[:200],
                body=body,
                secret=secret,
                made_at=now,
                fault="",
                attachment=attachment.data if attachment else None,
                attachment_name=attachment.name if attachment else "",
                attachment_type=attachment.mimetype if attachment else "",
            )
        )


def send_waiting(smtp_url: str, sender: str, *, now: datetime) -> int:
    """Send the mails that are due; return how many went.

    A refused one keeps its fault, is tried again after ever longer `WAITS`, and is then given up; one to what
    is no address is given up at once. What was tried less goes first: no number of addresses that take
    nothing keeps the others waiting.
    """
    waiting = db.session.scalars(
        select(OutboxMail)
        .options(undefer(OutboxMail.attachment))
        .where(OutboxMail.sent_at.is_(None), OutboxMail.given_up_at.is_(None))
        .where(or_(OutboxMail.next_at.is_(None), OutboxMail.next_at <= now))
        .order_by(OutboxMail.tries, OutboxMail.id)
        .limit(ONCE)
    ).all()
    letters = [(mail.id, _letter(mail, sender)) for mail in waiting]
    db.session.rollback()  # the server may be slow: no read snapshot stays open meanwhile
    return sum(_send(smtp_url, mail_id, letter, now) for mail_id, letter in letters)


def forget_mail(*, now: datetime) -> int:
    """Delete the mails that were written `KEPT` ago, sent or not; return how many."""
    with atomic() as session:
        gone = session.execute(delete(OutboxMail).where(OutboxMail.made_at < now - KEPT))
    return cast("CursorResult[Any]", gone).rowcount


def retry_mail(actor: Actor, mail_id: int) -> OutboxMail:
    """Let a mail that was given up be sent as if it were new; one that is not given up stays as it is."""
    with atomic():
        mail = get_mail_to_write(mail_id)
        if mail.given_up_at is not None:
            mail.tries, mail.next_at, mail.given_up_at = 0, None, None
            record(actor, "retry", f"outbox_mail:{mail.id}")
    return mail


def _send(smtp_url: str, mail_id: int, letter: EmailMessage | None, now: datetime) -> bool:
    fault = _deliver(smtp_url, letter) if letter else NO_ADDRESS
    with atomic() as session:
        mail = session.get_one(OutboxMail, mail_id)
        mail.fault, mail.tries = fault, mail.tries + 1
        if not fault:
            mail.sent_at = now
            if mail.secret:
                mail.body, mail.attachment = "", None
        elif letter is None or mail.tries > len(WAITS):
            mail.given_up_at = now
        else:
            mail.next_at = now + WAITS[mail.tries - 1]
    return not fault


def _deliver(smtp_url: str, letter: EmailMessage) -> str:
    """Hand a letter to the server; return what is wrong, empty where nothing is."""
    try:
        with _connect(smtp_url) as server:
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {error}"[:200]
    return ""


def _connect(smtp_url: str) -> smtplib.SMTP:
    """Open `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…:465`."""
    parts = urlsplit(smtp_url)
    host, tls = parts.hostname or "localhost", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=tls)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _letter(mail: OutboxMail, sender: str) -> EmailMessage | None:
    """Return the letter, `None` for one to an address that is none."""
    if not SOUND.match(mail.recipient):
        return None
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, mail.recipient, _plain(mail.subject)
    letter["Message-ID"] = _message_id(mail, sender)
    letter.set_content(mail.body)
    if mail.attachment is not None:
        _attach(letter, mail)
    return letter


def _plain(subject: str) -> str:
    """Return a subject that is read as it stands: names in it come from strangers, "=?" begins a disguise."""
    return " ".join(subject.split()).replace("=?", "= ?")


def _message_id(mail: OutboxMail, sender: str) -> str:
    """Return an id that stays the same over all tries: a reader's server knows a second one for the first."""
    host = sender.rpartition("@")[2].strip("> ") or "localhost"
    return f"<outbox-{mail.id}-{mail.made_at:%Y%m%d%H%M%S%f}@{host}>"


def _attach(letter: EmailMessage, mail: OutboxMail) -> None:
    kind, *parameters = (part.strip() for part in mail.attachment_type.split(";"))
    maintype, subtype = kind.split("/")
    letter.add_attachment(
        mail.attachment or b"",
        maintype=maintype,
        subtype=subtype,
        filename=mail.attachment_name,
        params=dict(parameter.split("=", 1) for parameter in parameters),
    )
