"""Minutes of a task as the venue's clock shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from eventsite.web.templating import day_words


@dataclass(frozen=True)
class Clock:
    """Reads minutes from a moment on, in the zone of the venue."""

    origin: datetime
    zone: ZoneInfo

    def at(self, minute: int) -> datetime:
        """Return the moment as the venue's clock has it."""
        return (self.origin + timedelta(minutes=minute)).astimezone(self.zone)

    def day(self, minute: int) -> str:
        """Return the day with its weekday."""
        return day_words(self.at(minute))

    def time(self, minute: int) -> str:
        """Return the time of day."""
        return self.at(minute).strftime("%H:%M")

    def words(self, minute: int) -> str:
        """Return the day and the time of day."""
        return _("%(day)s %(time)s", day=self.day(minute), time=self.time(minute))
