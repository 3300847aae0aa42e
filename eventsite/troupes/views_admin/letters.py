"""What notices say in a mail: both languages, since the site does not know which one the reader speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from eventsite.accounts.models import Account
from eventsite.events.models import Event
from eventsite.exports.core.values import Both
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import Change, Spot, read_changes
from eventsite.programme.enums import ChangeKind
from eventsite.troupes.core.notices import Letter, Outgoing
from eventsite.troupes.core.slots import masked
from eventsite.troupes.enums import Reader
from eventsite.troupes.models import TroupeAccess, TroupeNotice
from eventsite.troupes.queries import concerned, email_of, list_accesses
from eventsite.troupes.views_public.calendar import calendar_of
from eventsite.troupes.views_public.doors import link_of, sealer
from eventsite.web.links import absolute
from eventsite.web.templating import day_words

LANGUAGES = ("zh_Hans_CN", "en")
LINES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: N_("New: %(title)s, %(new)s"),
    ChangeKind.MOVED: N_("Moved: %(title)s, %(old)s → %(new)s"),
    ChangeKind.CANCELLED: N_("Cancelled: %(title)s, was %(old)s"),
    ChangeKind.REMOVED: N_("Taken out: %(title)s, was %(old)s"),
    ChangeKind.RESTORED: N_("Takes place after all: %(title)s, %(new)s"),
}


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Somebody whom a notice goes to; `email` is empty for a troupe that has none."""

    reader: Reader
    name: str
    email: str


def changes_of(notice: TroupeNotice) -> tuple[Change, ...]:
    """Return what a notice says."""
    return read_changes(notice.changes)


def addressees_of(event: Event, notice: TroupeNotice, access: TroupeAccess | None) -> list[Addressee]:
    """Return whom a notice goes to: the troupe, its delegation's leads, the managers of the stages."""
    stages = {spot.stage for change in changes_of(notice) for spot in (change.old, change.new) if spot}
    delegation = notice.troupe.delegation.ref if notice.troupe.delegation else None
    troupe = Addressee(reader=Reader.TROUPE, name=notice.troupe.name_zh, email=email_of(access, sealer()))
    others = concerned(event, delegation=delegation, stages=stages)
    return [troupe, *(_addressee(reader, account) for reader, account in others)]


def text_of(event: Event, notice: TroupeNotice) -> str:
    """Return what a notice says, in both languages."""
    return "\n\n".join(_text(event, notice, language) for language in LANGUAGES)


def prepare(
    event: Event, notices: Sequence[TroupeNotice], versions: Mapping[int, int]
) -> tuple[list[Outgoing], list[Letter]]:
    """Return the notices as they go out, and the mails: one for each troupe, one for each other reader.

    Whoever looks after several troupes gets one mail that says all of it.
    """
    accesses = list_accesses(event)
    going: list[Outgoing] = []
    letters: list[Letter] = []
    others: dict[str, list[TroupeNotice]] = {}
    for notice in notices:
        access = accesses.get(notice.troupe_id)
        readers = addressees_of(event, notice, access)
        said = text_of(event, notice)
        going.append(
            Outgoing(
                notice_id=notice.id,
                version=versions[notice.id],
                text=said,
                sent_to=tuple((one.reader.value, masked(one.email)) for one in readers if one.email),
            )
        )
        for one in readers:
            if one.email and one.reader is Reader.TROUPE:
                letters.append(_to_troupe(event, notice, one.email, said, link_of(access)))
            elif one.email:
                others.setdefault(one.email, []).append(notice)
    letters += [_to_team(event, email, told) for email, told in sorted(others.items())]
    return going, letters


def _addressee(reader: Reader, account: Account) -> Addressee:
    return Addressee(reader=reader, name=account.label, email=account.email)


def _to_troupe(event: Event, notice: TroupeNotice, email: str, said: str, link: str) -> Letter:
    troupe = notice.troupe
    name = Both(troupe.name_zh, troupe.name_en)
    parts = [said, *(_link(link, language) for language in LANGUAGES if link)]
    return Letter(
        recipient=email,
        subject=_subject(event, name, notice.number),
        body="\n\n".join(parts),
        calendar=calendar_of(event, {troupe.ref}, language="zh", name=name),
        secret=bool(link),
    )


def _to_team(event: Event, email: str, notices: Sequence[TroupeNotice]) -> Letter:
    names = Both(
        "、".join(notice.troupe.name_zh for notice in notices[:3]),
        ", ".join(notice.troupe.name_en for notice in notices[:3]),
    )
    address = absolute("troupes_admin.troupes", event=event.slug)
    return Letter(
        recipient=email,
        subject=_subject(event, names, max(notice.number for notice in notices)),
        body="\n\n----\n\n".join([*(text_of(event, notice) for notice in notices), address]),
        calendar=calendar_of(event, {notice.troupe.ref for notice in notices}, language="zh"),
    )


def _subject(event: Event, name: Both, number: int) -> str:
    parts = []
    for language, said in zip(LANGUAGES, (name.zh, name.en), strict=True):
        with force_locale(language):
            parts.append(_("Programme, version %(number)s: %(troupe)s", number=number, troupe=said))
    fair = event.market_name_zh
    return f"{fair} · {' / '.join(parts)}"[:200]


def _text(event: Event, notice: TroupeNotice, language: str) -> str:
    chinese = language.startswith("zh")
    with force_locale(language):
        troupe = notice.troupe.name_zh if chinese else notice.troupe.name_en
        fair = event.market_name_zh if chinese else event.market_name_en
        if notice.base_number:
            head = _("%(fair)s: what changed for %(troupe)s", fair=fair, troupe=troupe)
        else:
            head = _("%(fair)s: the times of %(troupe)s", fair=fair, troupe=troupe)
        lines = [_line(event, change, chinese=chinese) for change in changes_of(notice)]
        words = [notice.words, ""] if notice.words else []
        return "\n".join([head, "", *words, *lines])


def _line(event: Event, change: Change, *, chinese: bool) -> str:
    return _(
        LINES[change.kind],
        title=(change.title_zh if chinese else change.title_en) or change.title_zh,
        old=_spot(event, change.old, chinese=chinese),
        new=_spot(event, change.new, chinese=chinese),
    )


def _spot(event: Event, spot: Spot | None, *, chinese: bool) -> str:
    if spot is None:
        return ""
    start, end = spot.slot.start.astimezone(event.zone), spot.slot.end.astimezone(event.zone)
    stage = spot.stage_zh if chinese else spot.stage_en
    return f"{day_words(start)} {start:%H:%M}–{end:%H:%M} {stage}"


def _link(link: str, language: str) -> str:
    with force_locale(language):
        return _("Please look and confirm on your own page: %(link)s", link=link)
