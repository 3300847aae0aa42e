"""How grave an event takes the rules that its programme is held to."""

from collections.abc import Mapping

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.programme.enums import ClashRule, Severity
from eventsite.programme.models import ClashSetting
from eventsite.programme.operations.releases import hold_releases
from eventsite.programme.queries import clash_rules


def set_severities(actor: Actor, event: Event, severities: Mapping[ClashRule, Severity]) -> None:
    """Say how grave these rules are; the others stay. A save that changes nothing writes nothing."""
    with atomic() as session:
        hold_releases(session, event)
        before = clash_rules(event).severities
        new = {rule: severity for rule, severity in severities.items() if before[rule] is not severity}
        if not new:
            return
        own = select(ClashSetting).where(ClashSetting.event_id == event.id)
        rows = {row.rule: row for row in session.scalars(own)}
        for rule, severity in new.items():
            if rule in rows:
                rows[rule].severity = severity
            else:
                session.add(ClashSetting(event_id=event.id, rule=rule, severity=severity))
        record(
            actor,
            "edit",
            f"clash_setting:{event.id}",
            event_id=event.id,
            before={rule.value: before[rule].value for rule in new},
            after={rule.value: severity.value for rule, severity in new.items()},
        )
