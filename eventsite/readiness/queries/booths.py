"""What is filed about a booth: certificates, ticks, photos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from eventsite.applications.enums import Slot as PaperSlot
from eventsite.applications.models import ApplicationFile, Holding
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.files.models import StoredFile
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.readiness.enums import CheckKind, Moment, SlotKind
from eventsite.readiness.models import AccessPass, BoothCheck, Certificate, SetupPhoto, Slot, SlotBooking
from eventsite.readiness.queries.passes import list_passes

OFFERED = tuple(slot for slot in PaperSlot if slot is not PaperSlot.PRODUCT)
"""Which uploads of an application are certificates of its booth."""
AROUND = (
    joinedload(Certificate.booth).joinedload(Booth.zone),
    joinedload(Certificate.booth).joinedload(Booth.delegation),
    joinedload(Certificate.document),
)


@dataclass(frozen=True, kw_only=True)
class BoothFile:
    """All that is filed about a booth."""

    checks: Mapping[CheckKind, BoothCheck]
    certificates: Sequence[Certificate]
    passes: Sequence[AccessPass]
    photos: Sequence[SetupPhoto]
    bookings: Mapping[SlotKind, SlotBooking]

    @property
    def setup(self) -> list[SetupPhoto]:
        """Return the photos of the booth set up; the first is its check-in."""
        return [photo for photo in self.photos if photo.moment is Moment.SETUP]

    @property
    def cleared(self) -> list[SetupPhoto]:
        """Return the photos of the place cleared; the first is its check-out."""
        return [photo for photo in self.photos if photo.moment is Moment.CLEARED]


def booth_file(event: Event, booth: Booth) -> BoothFile:
    """Return what is filed about a booth."""
    checks = db.session.scalars(select(BoothCheck).where(BoothCheck.booth_id == booth.id))
    booked = select(SlotBooking).where(SlotBooking.booth_id == booth.id)
    booked = booked.options(joinedload(SlotBooking.slot).joinedload(Slot.zone))
    return BoothFile(
        checks={check.kind: check for check in checks},
        certificates=list_certificates(event, booth=booth),
        passes=list_passes(event, booth=booth),
        photos=list_photos(booth),
        bookings={booking.kind: booking for booking in db.session.scalars(booked)},
    )


def find_check(booth: Booth, kind: CheckKind) -> BoothCheck | None:
    """Return the tick of a kind at a booth."""
    own = select(BoothCheck).where(BoothCheck.booth_id == booth.id, BoothCheck.kind == kind)
    return db.session.scalar(own)


def list_certificates(event: Event, *, booth: Booth | None = None) -> Sequence[Certificate]:
    """Return the event's certificates (of one booth, if so asked), by booth and kind."""
    own = select(Certificate).join(Certificate.booth).where(Certificate.event_id == event.id)
    if booth is not None:
        own = own.where(Certificate.booth_id == booth.id)
    return db.session.scalars(own.options(*AROUND).order_by(Booth.code, Certificate.id)).all()


def list_offered(booth: Booth) -> Sequence[ApplicationFile]:
    """Return the papers that the exhibitor uploaded and that are not among the booth's certificates yet."""
    filed = select(StoredFile.sha256).join(Certificate, Certificate.document_id == StoredFile.id)
    own = (
        select(ApplicationFile)
        .join(Holding, Holding.application_id == ApplicationFile.application_id)
        .join(ApplicationFile.stored)
        .where(
            Holding.booth_id == booth.id,
            ApplicationFile.slot.in_(OFFERED),
            StoredFile.sha256.not_in(filed.where(Certificate.booth_id == booth.id)),
        )
    )
    around = contains_eager(ApplicationFile.stored)
    return db.session.scalars(own.options(around).order_by(ApplicationFile.id)).all()


def get_certificate(event: Event, certificate_id: int) -> Certificate:
    """Return the certificate; raises `NotFound`."""
    return _found(db.session.scalar(_certificate(event, certificate_id).options(*AROUND)))


def get_certificate_to_write(event: Event, certificate_id: int) -> Certificate:
    """Return the certificate with its row locked until the commit."""
    return _found(db.session.scalar(_certificate(event, certificate_id).with_for_update(of=Certificate)))


def list_photos(booth: Booth) -> Sequence[SetupPhoto]:
    """Return a booth's photos, the oldest first."""
    own = select(SetupPhoto).where(SetupPhoto.booth_id == booth.id).options(joinedload(SetupPhoto.file))
    return db.session.scalars(own.order_by(SetupPhoto.at, SetupPhoto.id)).all()


def _certificate(event: Event, certificate_id: int) -> Select[Certificate]:
    return select(Certificate).where(Certificate.event_id == event.id, Certificate.id == certificate_id)


def _found(certificate: Certificate | None) -> Certificate:
    if certificate is None:
        raise NotFound(N_("There is no such certificate."))
    return certificate
