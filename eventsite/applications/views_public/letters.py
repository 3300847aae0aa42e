"""Mails to applicants, in both languages: the site does not know which one the reader speaks."""

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from eventsite.applications.enums import MATTER_WORDS, Matter, Status
from eventsite.applications.models import Application
from eventsite.applications.operations import Letter, Tell
from eventsite.applications.queries.lookup import event_of
from eventsite.applications.queries.sheets import email_of
from eventsite.kernel.words import N_
from eventsite.sealing.core import Sealer

LANGUAGES = ("zh_Hans_CN", "en")
SUBJECTS: Mapping[Status, str] = {
    Status.DRAFT: N_("Your draft application %(ref)s"),
    Status.SUBMITTED: N_("Application %(ref)s is submitted"),
    Status.WAITLISTED: N_("Application %(ref)s is on the waiting list"),
    Status.RETURNED: N_("Application %(ref)s: please correct it once"),
    Status.APPROVED: N_("Application %(ref)s is approved"),
    Status.REJECTED: N_("Application %(ref)s is not accepted"),
    Status.CONFIRMED: N_("Application %(ref)s is confirmed"),
    Status.WITHDRAWN: N_("Application %(ref)s is withdrawn"),
}


def letter_to(sealer: Sealer, *, link: str = "") -> Tell:
    """Return what writes the mail on how an application stands; with the private link, where it is known."""

    def tell(row: Application) -> Letter | None:
        recipient = email_of(row, sealer)
        if not recipient:
            return None
        parts = [_in(language, row, link) for language in LANGUAGES]
        return Letter(
            recipient=recipient,
            subject=" / ".join(subject for subject, _body in parts),
            body="\n\n----\n\n".join(body for _subject, body in parts),
            secret=bool(link),
        )

    return tell


def _in(language: str, row: Application, link: str) -> tuple[str, str]:
    with force_locale(language):
        event = event_of(row)
        fair = event.market_name_zh if language.startswith("zh") else event.market_name_en
        subject = _(SUBJECTS[row.status], ref=row.ref)
        lines = [f"{fair}: {subject}", "", *_points(row), *_note(row), *_link(link)]
        return subject, "\n".join(lines)


def _points(row: Application) -> list[str]:
    if row.status is not Status.RETURNED or row.returned is None:
        return []
    points = enumerate(row.returned.points, start=1)
    told = [f"{n}. {_(MATTER_WORDS[Matter(name)])}: {text}" for n, (name, text) in points]
    return [_("What has to be put right, all at once:"), *told, ""]


def _note(row: Application) -> list[str]:
    if row.status is Status.REJECTED and row.decision_note_zh:
        return [_("Reason: %(reason)s", reason=row.decision_note_zh), ""]
    if row.status is Status.APPROVED:
        return [_("Please open your private link and confirm that you come."), ""]
    return []


def _link(link: str) -> list[str]:
    if link:
        return [_("Your private link (whoever has it can change the application): %(link)s", link=link)]
    return [_("Open it with the private link that you noted. If it is lost, the organizers issue a new one.")]
