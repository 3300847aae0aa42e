"""Forms between placing a booth and opening it. What needs other rows is for the operations to refuse."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from eventsite.events.models import Facility, Zone
from eventsite.helpdesk.models import Post
from eventsite.market.models import Booth
from eventsite.readiness.core import (
    AccessFacts,
    CertificateFacts,
    FaultFacts,
    MilestoneFacts,
    PermitFacts,
    SlotFacts,
)
from eventsite.readiness.enums import (
    CERTIFICATE_WORDS,
    CONCERN_WORDS,
    PASS_WORDS,
    PERMIT_STATUSES,
    SLOT_WORDS,
    TEAMS,
    Direction,
)
from eventsite.readiness.models import Slot
from eventsite.web.forms import AdminForm, EditForm, FactsForm, choice, open_choices
from eventsite.web.instants import InstantField
from eventsite.web.language import pick
from eventsite.web.templating import day_words

FAR_DAYS = 1000


def _chosen(words: Any) -> list[Any]:
    """Return the words of a closed vocabulary as choices."""
    return [choice(member.value, _(label)) for member, label in words.items()]


class PermitForm(FactsForm[PermitFacts]):
    """What the team says of a permit."""

    shape = PermitFacts
    nullable = ("due_on", "applied_on", "decided_on", "number", "note_zh")

    status = SelectField(_l("Status"))
    concerns = SelectField(_l("Which booths wait for it"))
    due_on = DateField(_l("Last day to apply"), [Optional()])
    applied_on = DateField(_l("Applied on"), [Optional()])
    decided_on = DateField(_l("Decided on"), [Optional()])
    number = StringField(_l("File number"), [Length(max=80)])
    note_zh = TextAreaField(_l("Note"), [Length(max=1000)])

    def __init__(self, *, before: PermitFacts, **more: Any) -> None:
        """Fill in what was before."""
        super().__init__(before=before, **more)
        self.status.choices = open_choices(PERMIT_STATUSES, before.status)
        self.concerns.choices = _chosen(CONCERN_WORDS)


class MilestoneForm(FactsForm[MilestoneFacts]):
    """What the team says of a milestone."""

    shape = MilestoneFacts
    nullable = ("note_zh",)

    offset_days = IntegerField(
        _l("Days from the first day of the fair"), [InputRequired(), NumberRange(-FAR_DAYS, FAR_DAYS)]
    )
    owner_team = SelectField(_l("Team"))
    note_zh = TextAreaField(_l("Note"), [Length(max=1000)])

    def __init__(self, *, before: MilestoneFacts, **more: Any) -> None:
        """Fill in what was before."""
        super().__init__(before=before, **more)
        self.owner_team.choices = open_choices(TEAMS, before.owner_team)


class DocumentForm(AdminForm):
    """A document, and nothing else."""

    document = FileField(_l("Document"), [FileRequired(message=_l("Choose a file first."))])


class PhotoForm(AdminForm):
    """A photo, and nothing else."""

    photo = FileField(_l("Photo"), [FileRequired(message=_l("Choose a photo first."))])


class SlotForm(FactsForm[SlotFacts]):
    """A window of time in a zone."""

    shape = SlotFacts

    zone = SelectField(_l("Zone"))
    kind = SelectField(_l("What for"))
    starts_at = InstantField(_l("From"), [InputRequired()])
    ends_at = InstantField(_l("Until"), [InputRequired()])
    capacity = IntegerField(_l("Booths at once"), [InputRequired(), NumberRange(1, 500)], default=6)

    def __init__(self, *, zones: Iterable[Zone], before: SlotFacts | None = None, **more: Any) -> None:
        """Offer the zones whose slots the reader may edit; fill in what was before."""
        super().__init__(before=before, **more)
        self.zone.choices = [choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones]
        self.kind.choices = _chosen(SLOT_WORDS)


class BookingForm(AdminForm):
    """Which window of time a booth takes."""

    slot = SelectField(_l("Time slot"), coerce=int)

    def __init__(self, *, slots: Iterable[Slot], **more: Any) -> None:
        """Offer the slots that have room."""
        super().__init__(**more)
        self.slot.choices = [
            choice(
                str(slot.id), _("%(kind)s, %(when)s", kind=_(SLOT_WORDS[slot.kind]), when=slot_words(slot))
            )
            for slot in slots
        ]


class AccessForm(FactsForm[AccessFacts]):
    """What a pass is issued for."""

    shape = AccessFacts

    kind = SelectField(_l("Kind"))
    label = StringField(_l("Post or load"), [Length(max=60)])
    plate = StringField(_l("Number plate"), [Length(max=20)])
    valid_from = InstantField(_l("Valid from"), [InputRequired()])
    valid_until = InstantField(_l("Valid until"), [InputRequired()])
    single_use = BooleanField(_l("For one entry only"))

    def __init__(self, *, window: tuple[datetime, datetime], **more: Any) -> None:
        """Offer a pass for the days of the fair."""
        super().__init__(**more)
        self.kind.choices = _chosen(PASS_WORDS)
        if not self.is_submitted():
            self.valid_from.data, self.valid_until.data = window


class CertificateForm(FactsForm[CertificateFacts]):
    """What is written on a certificate, with its document."""

    shape = CertificateFacts
    nullable = ("expires_on",)

    kind = SelectField(_l("Certificate"))
    number = StringField(_l("Number"), [Length(max=80)])
    expires_on = DateField(_l("Valid until"), [Optional()])
    document = FileField(_l("Document"))

    def __init__(self, *, before: CertificateFacts | None = None, **more: Any) -> None:
        """Fill in what was before."""
        super().__init__(before=before, **more)
        self.kind.choices = _chosen(CERTIFICATE_WORDS)


class CountForm(AdminForm):
    """How many giveaways were counted."""

    counted = IntegerField(_l("Number of giveaways"), [Optional(), NumberRange(0, 1_000_000)])


class FaultForm(AdminForm):
    """What is broken, and where."""

    zone = SelectField(_l("Zone"))
    booth = SelectField(_l("Booth"))
    place = StringField(_l("Place"), [Length(max=80)])
    words_zh = TextAreaField(_l("What is wrong"), [DataRequired(), Length(max=500)])
    photo = FileField(_l("Photo"))

    def __init__(self, *, zones: Iterable[Zone], booths: Iterable[Booth], **more: Any) -> None:
        """Offer zones, and the booths where the reader may say so."""
        super().__init__(**more)
        self.zone.choices = [choice(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in zones]
        self.booth.choices = [
            choice("", _("No booth")),
            *(choice(booth.code, f"{booth.code} {pick(booth, 'name')}") for booth in booths),
        ]

    @property
    def facts(self) -> FaultFacts:
        """Return what the form says."""
        return FaultFacts(
            zone=str(self.zone.data),
            booth=self.booth.data or None,
            place=str(self.place.data or ""),
            words_zh=str(self.words_zh.data),
        )


class AssignForm(EditForm):
    """Who sees to a fault, and until when."""

    post = SelectField(_l("Post"))
    person = StringField(_l("Person at the post"), [Length(max=60)])
    due_at = InstantField(_l("Until"))

    def __init__(self, *, posts: Iterable[Post], **more: Any) -> None:
        """Offer the posts."""
        super().__init__(**more)
        self.post.choices = [choice(post.ref, pick(post, "name")) for post in posts]


class OpenForm(AdminForm):
    """Why a booth opens before it is ready."""

    reason = StringField(_l("Why it opens before it is ready"), [DataRequired(), Length(max=200)])


class RevokeForm(AdminForm):
    """Why a pass is withdrawn."""

    reason = StringField(_l("Why it is withdrawn"), [DataRequired(), Length(max=200)])


class GateForm(AdminForm):
    """At which gate, and which way."""

    direction = HiddenField(validators=[InputRequired()])
    gate = SelectField(_l("Gate"))

    def __init__(self, *, gates: Iterable[Facility], **more: Any) -> None:
        """Offer the gates of the plan; without any there is one."""
        super().__init__(**more)
        names = [pick(gate, "name") for gate in gates] or [_("Gate")]
        self.gate.choices = [choice(name, name) for name in names]

    def validate_direction(self, field: HiddenField) -> None:
        """Refuse what is no direction."""
        if field.data not in {way.value for way in Direction}:
            raise ValidationError(_("Open the page again and repeat the change."))


def slot_words(slot: Slot) -> str:
    """Return when a slot is, on the venue's clock."""
    start, end = (at.astimezone(g.event.zone) for at in (slot.starts_at, slot.ends_at))
    return f"{day_words(start)} {start:%H:%M}–{end:%H:%M}"
