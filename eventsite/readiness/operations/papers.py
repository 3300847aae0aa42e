"""Certificates of booths: filed by who holds the booth, checked by somebody else."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.applications.models import Application
from eventsite.applications.operations.leaving import also_leaves
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.models import StoredFile
from eventsite.files.operations import forget_file, keep_file
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.market.queries import get_booth, get_booth_to_write
from eventsite.readiness.core import CertificateFacts, masked
from eventsite.readiness.enums import CertificateKind
from eventsite.readiness.models import Certificate
from eventsite.readiness.queries import get_certificate_to_write, list_certificates, list_offered


def add_certificate(
    actor: Actor, event: Event, code: str, facts: CertificateFacts, upload: Upload | None = None
) -> Certificate:
    """File a certificate of a booth, with its document if there is one."""
    with atomic():
        certificate = Certificate(event_id=event.id, booth=get_booth(event, code))
        _write(certificate, facts)
        if upload is not None:
            certificate.document = keep_file(actor, event, upload)
        with attempt() as session:
            session.add(certificate)
        thing = f"certificate:{certificate.id}"
        record(actor, "create", thing, event_id=event.id, booth=code, after=_told(facts))
    return certificate


def take_over_papers(actor: Actor, event: Event, code: str) -> int:
    """File what the exhibitor of a booth uploaded with its application as certificates; return how many.

    Each has still to be checked. What is filed already, known by its bytes, is not filed again.
    """
    with atomic():
        papers = list_offered(get_booth_to_write(event, code))
        for paper in papers:
            facts = CertificateFacts(
                kind=CertificateKind(paper.slot.value).value, number="", expires_on=paper.until
            )
            add_certificate(actor, event, code, facts, _copy_of(paper.stored))
    return len(papers)


@also_leaves
def withdraw_papers_at(actor: Actor, application: Application, booth: Booth, *, now: datetime) -> None:
    """Let an exhibitor's papers not speak for who comes to its booth after it.

    What was taken over from its application goes; what was filed by hand has to be checked again.
    """
    own = {file.stored.sha256 for file in application.files}
    with atomic() as session:
        event = session.get_one(Event, booth.event_id)
        for paper in list_certificates(event, booth=booth):
            if paper.document and paper.document.sha256 in own:
                remove_certificate(actor, event, paper.id, version=paper.version)
            elif paper.checked_at is not None:
                paper.checked_at = paper.checked_by = paper.checked_by_label = None
                session.flush()
                record(actor, "set aside", f"certificate:{paper.id}", event_id=event.id)


def edit_certificate(
    actor: Actor,
    event: Event,
    certificate_id: int,
    facts: CertificateFacts,
    upload: Upload | None = None,
    *,
    version: int,
) -> Certificate:
    """Change a certificate that was read at `version`; a change undoes its check.

    Raises `StaleEdit` if somebody saved since.
    """
    with atomic():
        certificate = get_certificate_to_write(event, certificate_id)
        before = certificate.facts
        if facts == before and upload is None:
            return certificate
        old, new = changed(_told(before), _told(facts))
        refuse_stale(certificate.version, version, theirs=old, mine=new)
        _write(certificate, facts)
        certificate.checked_at = certificate.checked_by = certificate.checked_by_label = None
        thing = f"certificate:{certificate.id}"
        if upload is not None:
            gone = certificate.document
            with attempt():
                certificate.document = keep_file(actor, event, upload)
            if gone is not None:
                forget_file(actor, gone)
            record(actor, "attach", thing, event_id=event.id, file=upload.name)
        if facts != before:
            record(actor, "edit", thing, event_id=event.id, before=old, after=new)
    return certificate


def check_certificate(
    actor: Actor, event: Event, certificate_id: int, *, version: int, now: datetime
) -> Certificate:
    """Say that a certificate as it was read at `version` is in order; the second press keeps who was first.

    Raises `StaleEdit` if it was changed since, `Conflict` where it has ended.
    """
    with atomic():
        certificate = get_certificate_to_write(event, certificate_id)
        if certificate.checked_at is not None:
            return certificate
        refuse_stale(certificate.version, version, theirs={}, mine={})
        if certificate.expires_on and certificate.expires_on < now.astimezone(event.zone).date():
            raise Conflict(N_("This certificate has ended."))
        certificate.checked_at, certificate.checked_by = now, actor.ref
        certificate.checked_by_label = actor.label
        record(actor, "check", f"certificate:{certificate.id}", event_id=event.id)
    return certificate


def remove_certificate(actor: Actor, event: Event, certificate_id: int, *, version: int) -> None:
    """Remove a certificate and its document; raises `StaleEdit` if somebody saved since `version`."""
    with atomic():
        certificate = get_certificate_to_write(event, certificate_id)
        refuse_stale(certificate.version, version, theirs={}, mine={})
        thing, facts, document = f"certificate:{certificate.id}", certificate.facts, certificate.document
        with attempt() as session:
            session.delete(certificate)
        if document is not None:
            forget_file(actor, document)
        record(actor, "remove", thing, event_id=event.id, before=_told(facts))


def _copy_of(stored: StoredFile) -> Upload:
    """Return a file of the event as if it were sent again: its bytes lie in the store once."""
    return Upload(**{field.name: getattr(stored, field.name) for field in fields(Upload)})


def _write(certificate: Certificate, facts: CertificateFacts) -> None:
    certificate.kind, certificate.number = CertificateKind(facts.kind), facts.number
    certificate.expires_on = facts.expires_on


def _told(facts: CertificateFacts) -> dict[str, Any]:
    """Return the facts as the log keeps them: the number is not in it."""
    return {
        "kind": facts.kind,
        "number": masked(facts.number),
        "expires_on": facts.expires_on.isoformat() if facts.expires_on else None,
    }
