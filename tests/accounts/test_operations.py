"""Accounts, links, roles and mail, on both databases."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from eventsite.accounts import operations
from eventsite.accounts.core import Actor, system
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account, OutboxMail, SetupLink
from eventsite.accounts.queries import find_account, find_link
from eventsite.audit.queries import history_of, list_history
from eventsite.database import db
from eventsite.events.models import Membership
from eventsite.events.operations import grant_role, revoke_role
from eventsite.events.queries import list_grants
from eventsite.kernel.clock import machine_now
from eventsite.kernel.errors import Closed, Conflict, DomainError
from tests.support.factories import make_event, make_stage, make_zone
from tests.support.factories_accounts import make_account, make_member

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
DISGUISED = "=?utf-8?b?YQ0KQmNjOiBiQHguZXhhbXBsZQ==?=@x.example"  # a new line with a header of its own
CHIEF = Actor(ref="account:999999", label="chief", origin="192.0.2.1")


def test_address_is_taken_once_in_any_spelling() -> None:
    account, _ = operations.create_account(CHIEF, " Desk@Fair.Example ", now=machine_now())
    assert account.email == "desk@fair.example"
    with pytest.raises(Conflict) as refused:
        operations.create_account(CHIEF, "DESK@fair.example", now=machine_now())
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "text", ["", "nobody", "a@b@c", "a b@fair.example", "a@", "@fair.example", "a@fair..example"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        operations.create_account(CHIEF, text, now=machine_now())
    assert db.session.scalars(select(Account)).all() == []


def test_link_sets_the_password_once_and_its_secret_is_not_stored() -> None:
    now = machine_now()
    account, secret = operations.create_account(CHIEF, "desk@fair.example", now=now)
    assert secret not in [link.key for link in db.session.scalars(select(SetupLink))]
    operations.set_password_by_link(secret, "a hash", now=now, origin="192.0.2.7")
    assert db.session.get_one(Account, account.id).password == "a hash"
    with pytest.raises(Closed):
        operations.set_password_by_link(secret, "another hash", now=now, origin="192.0.2.7")
    assert db.session.get_one(Account, account.id).password == "a hash"


def test_link_is_over_after_72_hours() -> None:
    now = machine_now()
    _, secret = operations.create_account(CHIEF, "desk@fair.example", now=now)
    assert find_link(secret, now + timedelta(hours=71, minutes=59)) is not None
    assert find_link(secret, now + timedelta(hours=72)) is None
    with pytest.raises(Closed):
        operations.set_password_by_link(secret, "hash", now=now + timedelta(hours=72), origin="")


def test_reset_ends_the_older_link_the_password_and_the_sessions() -> None:
    now = machine_now()
    account, first = operations.create_account(CHIEF, "desk@fair.example", now=now)
    operations.set_password_by_link(first, "a hash", now=now, origin="")
    before = db.session.get_one(Account, account.id).fs_uniquifier
    second = operations.reset_account(CHIEF, account.id, now=now)
    third = operations.reset_account(CHIEF, account.id, now=now, second_factor=True)
    found = db.session.get_one(Account, account.id)
    assert found.password is None
    assert found.fs_uniquifier != before
    assert find_link(second, now) is None
    assert find_link(third, now) is not None


def test_link_of_a_closed_account_opens_nothing() -> None:
    now = machine_now()
    account, secret = operations.create_account(CHIEF, "desk@fair.example", now=now)
    operations.disable_account(CHIEF, account.id, now=now)
    assert find_link(secret, now) is None


def test_nobody_closes_their_own_account() -> None:
    account = make_account()
    own = Actor(ref=f"account:{account.id}", label="own")
    with pytest.raises(Conflict):
        operations.disable_account(own, account.id, now=machine_now())


def test_role_is_granted_once_and_logged_with_its_event() -> None:
    event, account = make_event(), make_account()
    make_zone(event, code="B")
    for _ in range(2):
        grant_role(CHIEF, account.id, Role.ZONE_LEAD, event=event, now=machine_now(), scope="zone:B")
    (grant,) = list_grants(account.id)
    assert (grant.role, grant.event_id, grant.scope) == (Role.ZONE_LEAD, event.id, "zone:B")
    (entry,) = list_history(event.id, verb="grant").entries
    assert (entry.actor, entry.origin, entry.thing) == (
        "account:999999",
        "192.0.2.1",
        f"account:{account.id}",
    )


@pytest.mark.parametrize(
    ("role", "scope", "field"),
    [
        (Role.ZONE_LEAD, "zone:Z", "scope"),
        (Role.ZONE_LEAD, "stage:S1", "scope"),
        (Role.STAGE_MANAGER, "stage:S9", "scope"),
        (Role.ORGANIZER, "zone:B", "scope"),
        (Role.PARTNER, "", "scope"),
        (Role.DELEGATION_LEAD, "", "scope"),
        (Role.REVIEWER, "matter:Power!", "scope"),
        (Role.ADMINISTRATOR, "", "role"),
    ],
)
def test_role_that_does_not_fit_the_event_is_refused(role: Role, scope: str, field: str) -> None:
    event, account = make_event(), make_account()
    make_zone(event, code="B")
    make_stage(event, code="S1")
    with pytest.raises(DomainError) as refused:
        grant_role(CHIEF, account.id, role, event=event, now=machine_now(), scope=scope)
    assert refused.value.field == field
    assert list_grants(account.id) == ()


def test_scope_of_another_event_is_refused() -> None:
    here, there, account = make_event(), make_event(), make_account()
    make_zone(there, code="B")
    with pytest.raises(DomainError):
        grant_role(CHIEF, account.id, Role.ZONE_LEAD, event=here, now=machine_now(), scope="zone:B")


def test_event_role_needs_an_event() -> None:
    with pytest.raises(DomainError):
        grant_role(CHIEF, make_account().id, Role.ORGANIZER, event=None, now=machine_now())


def test_last_organizer_and_last_administrator_stay() -> None:
    event = make_event()
    make_member(Role.ORGANIZER, event)
    make_member(Role.ADMINISTRATOR)
    for membership in db.session.scalars(select(Membership)).all():
        with pytest.raises(Conflict):
            revoke_role(CHIEF, membership.id, event=event if membership.event_id else None)
    make_member(Role.ORGANIZER, event)
    first = db.session.scalars(
        select(Membership).where(Membership.role == "organizer").order_by(Membership.id)
    ).first()
    assert first is not None
    revoke_role(CHIEF, first.id, event=event)
    assert list_grants(first.account_id) == ()


def test_role_of_another_event_is_not_found_for_taking_away() -> None:
    here, there = make_event(), make_event()
    make_member(Role.DESK, there)
    membership = db.session.scalars(select(Membership)).one()
    with pytest.raises(DomainError) as refused:
        revoke_role(CHIEF, membership.id, event=here)
    assert refused.value.status == 404


def test_former_administrator_needs_no_second_factor() -> None:
    make_member(Role.ADMINISTRATOR)
    account = make_member(Role.ADMINISTRATOR)
    assert account.needs_second_factor
    membership = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
    revoke_role(CHIEF, membership.id, event=None)
    assert not db.session.get_one(Account, account.id).needs_second_factor


def test_mailed_link_waits_and_says_nothing_of_unknown_addresses() -> None:
    make_account("desk@fair.example")
    now = machine_now()
    assert not operations.mail_link(system("t"), "nobody@fair.example", "s", "see LINK", "LINK", now=now)
    assert operations.mail_link(system("t"), "desk@fair.example", "s", "see LINK", "LINK", now=now)
    (mail,) = db.session.scalars(select(OutboxMail)).all()
    assert find_link(mail.body.removeprefix("see "), now) is not None


class MailServer(socketserver.StreamRequestHandler):
    """Speak as much SMTP as a mail needs; keep what was said."""

    said: list[str] = []

    def handle(self) -> None:
        """Answer one client."""
        self.wfile.write(b"220 here\r\n")
        in_text = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            self.said.append(line)
            if in_text:
                if line != ".":
                    continue
                in_text = False
            if line.upper() == "DATA":
                in_text = True
            leaving = line.upper() == "QUIT"
            self.wfile.write(b"354 go on\r\n" if in_text else b"221 bye\r\n" if leaving else b"250 fine\r\n")
            if leaving:
                return


@pytest.fixture
def mail_server() -> Iterator[str]:
    MailServer.said = []
    with socketserver.TCPServer(("127.0.0.1", 0), MailServer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_file_goes_with_its_mail_and_a_secret_one_is_emptied(mail_server: str) -> None:
    now = machine_now()
    calendar = operations.Attachment(
        name="programme.ics", mimetype="text/calendar; method=PUBLISH; charset=utf-8", data=b"BEGIN:VCALENDAR"
    )
    for secret in (True, False):
        operations.post_mail("a@fair.example", "x", "x", now=now, secret=secret, attachment=calendar)
    assert operations.send_waiting(mail_server, "Fair <site@fair.example>", now=now) == 2
    said = [line.lower() for line in MailServer.said]
    assert 'method="publish"; charset="utf-8"' in " ".join(said)
    ids = [line for line in said if line.startswith("message-id:")]
    assert len(set(ids)) == 2
    assert all(line.endswith("@fair.example>") for line in ids)
    first, second = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert (first.attachment, second.attachment) == (None, b"BEGIN:VCALENDAR")
    with pytest.raises(DomainError):
        operations.post_mail(
            "a@fair.example", "x", "x", now=now, attachment=replace(calendar, data=b"x" * 300_000)
        )


def test_mail_is_sent_and_a_secret_one_emptied(mail_server: str) -> None:
    now = machine_now()
    operations.post_mail(
        "desk@fair.example", "密码", "https://fair.example/admin/setup/abc", now=now, secret=True
    )
    sent = operations.send_waiting(mail_server, "site@fair.example", now=now)
    assert (sent, db.session.scalars(select(OutboxMail.fault)).all()) == (1, [""])
    assert "rcpt to:<desk@fair.example>" in [line.lower() for line in MailServer.said]
    (mail,) = db.session.scalars(select(OutboxMail)).all()
    assert (mail.sent_at, mail.body, mail.fault) == (now, "", "")
    assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 0


def test_mail_that_is_refused_stays_with_its_fault() -> None:
    now = machine_now()
    operations.post_mail("desk@fair.example", "s", "text", now=now)
    assert operations.send_waiting("smtp://127.0.0.1:9", "site@fair.example", now=now) == 0
    (mail,) = db.session.scalars(select(OutboxMail)).all()
    assert mail.sent_at is None
    assert "Connection" in mail.fault or "refused" in mail.fault
    assert (mail.tries, mail.next_at, mail.given_up_at) == (1, now + timedelta(minutes=1), None)


def test_mail_that_nobody_takes_is_tried_ever_more_rarely_then_given_up_and_sent_when_asked(
    mail_server: str,
) -> None:
    now = machine_now()
    operations.post_mail("desk@fair.example", "s", "text", now=now)
    (mail,) = db.session.scalars(select(OutboxMail)).all()
    gaps = []
    while mail.given_up_at is None:
        operations.send_waiting("smtp://127.0.0.1:9", "site@fair.example", now=now)
        if mail.next_at and not mail.given_up_at:
            assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 0  # not due yet
            gaps.append((mail.next_at - now) / timedelta(minutes=1))
            now = mail.next_at
    assert gaps == [1, 5, 30, 120, 360, 720, 1440]
    assert operations.send_waiting(mail_server, "site@fair.example", now=now + timedelta(days=9)) == 0

    operations.retry_mail(CHIEF, mail.id)
    assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 1
    state: tuple[str, int, datetime | None] = (mail.fault, mail.tries, mail.given_up_at)
    assert state == ("", 1, None)
    operations.retry_mail(CHIEF, mail.id)
    assert [entry.verb for entry in history_of(None, f"outbox_mail:{mail.id}")] == ["retry"]


def test_mail_is_forgotten_after_ninety_days() -> None:
    now = machine_now()
    for days in (91, 90):
        operations.post_mail(f"{days}@fair.example", "s", "text", now=now - timedelta(days=days))
    assert operations.forget_mail(now=now) == 1
    assert db.session.scalars(select(OutboxMail.recipient)).all() == ["90@fair.example"]


@pytest.mark.parametrize(
    "recipient", [":;@)^.c!b", "\\|=@~=};*,.c%", "(_@).c>", "a,desk@fair.example", "desk", DISGUISED]
)
def test_mail_to_what_is_no_address_keeps_no_other_waiting(mail_server: str, recipient: str) -> None:
    now = machine_now()
    operations.post_mail(recipient, "s", "text", now=now)
    operations.post_mail("desk@fair.example", "s", "text", now=now)
    assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 1
    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [(mail.fault, mail.given_up_at) for mail in mails] == [
        ("this is no address to write to", now),
        ("", None),
    ]


@pytest.mark.parametrize(
    "name",
    ["=?utf-8?b?YQ0KQmNjOiBiQHguZXhhbXBsZQ==?=", "济南 =?utf-8?b?//4=?=", "=?utf-8?q?=0D=0A=0D=0Atext?= 队"],
)
def test_a_name_in_a_subject_makes_no_header_and_stops_no_mail(mail_server: str, name: str) -> None:
    now = machine_now()
    operations.post_mail("desk@fair.example", name, "text", now=now)
    assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 1
    letter = MailServer.said[MailServer.said.index("data") + 1 :]
    head, body = letter[: letter.index("")], letter[letter.index("") + 1 :]
    assert "Bcc" not in [line.partition(":")[0] for line in head]
    assert body[:2] == ["text", "."]


def test_mails_that_nobody_takes_keep_no_new_one_waiting(mail_server: str) -> None:
    now = machine_now()
    for _ in range(20):
        operations.post_mail("nobody", "s", "text", now=now)
    assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 0
    operations.post_mail("desk@fair.example", "s", "text", now=now)
    assert operations.send_waiting(mail_server, "site@fair.example", now=now) == 1


def test_find_account_ignores_case_and_blanks() -> None:
    make_account("desk@fair.example")
    assert find_account(" Desk@FAIR.example ") is not None
    assert find_account("desk") is None
