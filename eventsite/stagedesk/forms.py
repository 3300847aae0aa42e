"""Forms of the stage desk: one button each, but for words to visitors and to troupes."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from eventsite.programme.enums import CHECK_WORDS, ActKind, CheckKind
from eventsite.programme.operations.live import LONGEST_MESSAGE, Seen, Wish
from eventsite.stagedesk.operations import Notice
from eventsite.web.forms import AdminForm, choice

SEEN = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")
LONGEST_NOTICE = 200


def read_seen(text: str) -> Seen | None:
    """Return what a page of the desk showed, by the words that it sends back; nothing for other words."""
    found = SEEN.fullmatch(text)
    return Seen(release=int(found[1]), revision=int(found[2])) if found else None


class ActForm(AdminForm):
    """An act on a stage, with what the page showed when it was pressed."""

    kind = SelectField(_l("Act"), choices=[choice(kind.value, kind.value) for kind in ActKind])
    item = HiddenField(_l("Item"), validators=[Length(max=80)])
    other = HiddenField(_l("Item"), validators=[Length(max=80)])
    minutes = IntegerField(_l("Minutes"), validators=[Optional()])
    notice_zh = StringField(_l("To visitors (Chinese)"), validators=[Length(max=LONGEST_NOTICE)])
    notice_en = StringField(_l("To visitors (English)"), validators=[Length(max=LONGEST_NOTICE)])
    seen = HiddenField(_l("Page"), validators=[InputRequired()])

    def validate_seen(self, field: HiddenField) -> None:
        """Refuse what no page of ours says."""
        if not SEEN.fullmatch(str(field.data)):
            raise ValidationError(_("Open the page again and repeat the change."))

    @property
    def seen_at(self) -> Seen:
        """Return what the page showed."""
        return read_seen(str(self.seen.data)) or Seen(release=0, revision=0)

    def wish(self, stage: str) -> Wish:
        """Return what is wished for a stage."""
        return Wish(
            stage=stage,
            kind=ActKind(self.kind.data),
            items=tuple(ref for ref in (self.item.data, self.other.data) if ref),
            minutes=self.minutes.data or 0,
            notice_zh=self.notice_zh.data or "",
            notice_en=self.notice_en.data or "",
        )


class TickForm(AdminForm):
    """A tick on the list of an item; `on` says whether it is laid or taken back."""

    item = HiddenField(_l("Item"), validators=[InputRequired(), Length(max=80)])
    kind = SelectField(
        _l("What is there"), choices=[choice(kind.value, words) for kind, words in CHECK_WORDS.items()]
    )
    on = SelectField(_l("Tick"), choices=[choice("1", "1"), choice("0", "0")])

    @property
    def check_kind(self) -> CheckKind:
        """Return what is ticked off."""
        return CheckKind(self.kind.data)


class MessageForm(AdminForm):
    """A word to the lead of a troupe."""

    item = SelectField(_l("To the lead of"))
    text = TextAreaField(_l("Message"), validators=[InputRequired(), Length(max=LONGEST_MESSAGE)])

    def __init__(self, *, items: list[tuple[str, str]], **more: Any) -> None:
        """Offer the troupes that are on or come next."""
        super().__init__(**more)
        self.item.choices = [choice(ref, words) for ref, words in items]


class NoticeForm(AdminForm):
    """What visitors are told when a plan changes.

    `seen` is the hash of what was read, `against` the release that it was compared with.
    """

    title_zh = StringField(_l("Notice (Chinese)"), validators=[InputRequired(), Length(max=LONGEST_NOTICE)])
    title_en = StringField(_l("Notice (English)"), validators=[InputRequired(), Length(max=LONGEST_NOTICE)])
    body_zh = TextAreaField(_l("More words (Chinese)"), validators=[Length(max=600)])
    reason = StringField(_l("Why rules that block are passed"), validators=[Length(max=LONGEST_NOTICE)])
    seen = HiddenField()
    against = HiddenField(validators=[InputRequired(), Regexp(r"[0-9]{1,9}\Z")])

    @property
    def notice(self) -> Notice:
        """Return the notice."""
        return Notice(
            title_zh=self.title_zh.data or "",
            title_en=self.title_en.data or "",
            body_zh=self.body_zh.data or "",
        )
