"""What changed, as sentences in the language in force."""

from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import gettext

from eventsite.exports.core.values import Both
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import Change, Spot
from eventsite.programme.enums import ChangeKind
from eventsite.web.language import LOCALES

SENTENCES = {
    ChangeKind.CANCELLED: N_("Cancelled: %(title)s (%(old)s)"),
    ChangeKind.REMOVED: N_("Taken out: %(title)s (%(old)s)"),
    ChangeKind.MOVED: N_("Moved: %(title)s, from %(old)s to %(new)s"),
    ChangeKind.RESTORED: N_("Takes place after all: %(title)s (%(new)s)"),
    ChangeKind.ADDED: N_("New: %(title)s (%(new)s)"),
    ChangeKind.EDITED: N_("Reworded: %(title)s (%(new)s)"),
}


def change_sentence(change: Change, language: str, zone: ZoneInfo) -> str:
    """Return a change as one sentence with its old and its new place."""
    told: str = gettext(
        SENTENCES[change.kind],
        title=Both(change.title_zh, change.title_en).said(language),
        old=_spot(change.old, language, zone),
        new=_spot(change.new, language, zone),
    )
    return told


def _spot(spot: Spot | None, language: str, zone: ZoneInfo) -> str:
    if spot is None:
        return ""
    pattern = "M月d日 HH:mm" if language == "zh" else "d MMM HH:mm"
    start = format_datetime(spot.slot.start, pattern, tzinfo=zone, locale=LOCALES[language])
    return f"{start} {Both(spot.stage_zh, spot.stage_en).said(language)}"
