"""Links, answers, problems, times and notices against both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from eventsite.accounts.core import Actor
from eventsite.accounts.models import OutboxMail
from eventsite.audit.queries import history_of
from eventsite.database import atomic, db
from eventsite.kernel.errors import Conflict, DomainError, StaleEdit
from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.changes import read_changes
from eventsite.programme.enums import ChangeKind
from eventsite.programme.models import TroupeWindow
from eventsite.programme.queries import current_release
from eventsite.troupes.core.notices import Letter, Outgoing
from eventsite.troupes.enums import NoticeStatus, TroupeState, Verdict
from eventsite.troupes.models import TroupeNotice
from eventsite.troupes.operations import (
    answer_problem,
    confirm_slots,
    decide_proposal,
    draft_notices,
    edit_notice,
    erase_troupe_contacts,
    issue_link,
    issue_missing,
    leave_out,
    propose_time,
    report_problem,
    revoke_link,
    send_notices,
    set_contact,
)
from eventsite.troupes.queries import (
    body_of_access,
    email_of,
    find_access,
    find_by_body,
    list_drafts,
    list_settled,
    list_told,
    read_standing,
)
from tests.support.factories_programme import ORGANIZER, at
from tests.support.factories_troupes import Stageful, a_sealer, cancel, make_stageful, move, release

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
SPEAKER = Actor(ref="troupe:tp-dalian", label="大连市表演队")
NOW = at("9:00")


@pytest.fixture
def fair() -> Stageful:
    return make_stageful()


def confirm_all(fair: Stageful) -> None:
    refs = {item.ref for item in fair.items}
    view = current_release(fair.event)
    assert view is not None
    confirm_slots(SPEAKER, fair.event, fair.troupe, refs, seen=view.number, now=NOW)


def state(fair: Stageful) -> TroupeState:
    return read_standing(fair.event, fair.troupe).state


def drafts(fair: Stageful) -> dict[str, TroupeNotice]:
    draft_notices(ORGANIZER, fair.event, now=NOW)
    return {notice.troupe.ref: notice for notice in list_drafts(fair.event)}


def kinds(notice: TroupeNotice) -> list[ChangeKind]:
    return [change.kind for change in read_changes(notice.changes)]


def going(*notices: TroupeNotice) -> list[Outgoing]:
    return [Outgoing(notice_id=one.id, version=one.version, text="时间", sent_to=()) for one in notices]


LETTER = Letter(recipient="a@fair.example", subject="节目单", body="时间", calendar=b"BEGIN:VCALENDAR")


def test_a_link_can_be_printed_again_and_a_new_one_makes_it_void(fair):
    sealer = a_sealer()
    first = body_of_access(issue_link(ORGANIZER, fair.event, "tp-dalian", sealer=sealer, now=NOW), sealer)
    again = body_of_access(find_access(fair.troupe), sealer)
    assert first == again
    assert first
    second = body_of_access(issue_link(ORGANIZER, fair.event, "tp-dalian", sealer=sealer, now=NOW), sealer)
    assert second
    assert find_by_body(first) is None
    found = find_by_body(second)
    assert found
    assert found.troupe_id == fair.troupe.id
    assert issue_missing(ORGANIZER, fair.event, sealer=sealer, now=NOW) == 1
    assert issue_missing(ORGANIZER, fair.event, sealer=sealer, now=NOW) == 0
    revoke_link(ORGANIZER, fair.event, "tp-dalian")
    assert find_by_body(second) is None
    verbs = [entry.verb for entry in history_of(fair.event.id, f"troupe:{fair.troupe.id}")]
    assert verbs == ["revoke link", "issue link", "issue link"]


def test_an_address_is_sealed_kept_out_of_the_log_and_erased_on_the_announced_day(fair):
    sealer = a_sealer()
    set_contact(ORGANIZER, fair.event, "tp-dalian", "lead@fair.example", sealer=sealer, now=NOW)
    access = find_access(fair.troupe)
    assert access
    assert email_of(access, sealer) == "lead@fair.example"
    assert b"lead" not in (access.email or b"lead")
    [entry] = history_of(fair.event.id, f"troupe:{fair.troupe.id}")
    assert "lead" not in str(entry)
    with pytest.raises(DomainError):
        set_contact(ORGANIZER, fair.event, "tp-dalian", "no address", sealer=sealer, now=NOW)
    assert erase_troupe_contacts(ORGANIZER, now=at("20:29", day=30)) == 0
    assert erase_troupe_contacts(ORGANIZER, now=at("20:31", day=30)) == 1
    assert erase_troupe_contacts(ORGANIZER, now=at("20:31", day=30)) == 0
    assert (access.email, access.email_erased_at) == (None, at("20:31", day=30))
    with pytest.raises(Conflict):
        set_contact(ORGANIZER, fair.event, "tp-dalian", "a@b.example", sealer=sealer, now=at("9:00", day=40))


def test_a_confirmed_troupe_is_asked_again_only_when_the_plan_moves(fair):
    confirm_all(fair)
    assert state(fair) is TroupeState.CONFIRMED
    release_2 = _move_first(fair)
    assert state(fair) is TroupeState.CHANGED
    with pytest.raises(Conflict):
        confirm_slots(SPEAKER, fair.event, fair.troupe, {fair.items[0].ref}, seen=1, now=NOW)
    confirm_all(fair)
    assert (state(fair), read_standing(fair.event, fair.troupe).number) == (TroupeState.CONFIRMED, release_2)


def test_a_troupe_confirms_its_own_items_alone(fair):
    view = current_release(fair.event)
    assert view
    others = {item.ref for item in view.programme.items} - {item.ref for item in fair.items}
    for refs in (others, set()):
        with pytest.raises(Conflict):
            confirm_slots(SPEAKER, fair.event, fair.troupe, refs, seen=1, now=NOW)
        with pytest.raises(Conflict):
            report_problem(SPEAKER, fair.event, fair.troupe, item="pg-nothing", text="？", now=NOW)


def test_a_problem_is_kept_and_answered_once(fair):
    confirm_all(fair)
    found = report_problem(
        SPEAKER, fair.event, fair.troupe, item=fair.items[0].ref, text="候场通道太窄", now=NOW
    )
    assert state(fair) is TroupeState.PROBLEM
    answer_problem(ORGANIZER, fair.event, "tp-dalian", found.id, text="走北侧", now=NOW)
    assert state(fair) is TroupeState.CONFIRMED
    with pytest.raises(Conflict):
        answer_problem(ORGANIZER, fair.event, "tp-dalian", found.id, text="走南侧", now=NOW)
    with pytest.raises(DBAPIError), atomic():
        found.text = "没说过"


def test_whoever_has_the_link_cannot_write_without_end(fair):
    for _time in range(20):
        report_problem(SPEAKER, fair.event, fair.troupe, item=None, text="又一条", now=NOW)
    with pytest.raises(Conflict):
        report_problem(SPEAKER, fair.event, fair.troupe, item=None, text="又一条", now=NOW)


def test_an_accepted_time_is_cut_out_of_the_hours_of_the_fair(fair):
    slot = TimeRange(at("17:00"), at("20:30"))
    found = propose_time(SPEAKER, fair.event, fair.troupe, slot=slot, why="返程", now=NOW)
    assert db.session.scalars(select(TroupeWindow)).all() == []
    decide_proposal(ORGANIZER, fair.event, "tp-dalian", found.id, accept=True, now=NOW)
    [window] = db.session.scalars(select(TroupeWindow)).all()
    assert (window.starts_at, window.ends_at) == (at("9:00"), at("17:00"))
    assert found.verdict is Verdict.ACCEPTED
    with pytest.raises(Conflict):
        decide_proposal(ORGANIZER, fair.event, "tp-dalian", found.id, accept=False, now=NOW)


def test_two_releases_become_one_notice_and_a_change_that_was_taken_back_none(fair):
    first = drafts(fair)
    assert {ref: kinds(notice) for ref, notice in first.items()} == {
        "tp-dalian": [ChangeKind.ADDED, ChangeKind.ADDED],
        "tp-benxi": [ChangeKind.ADDED],
    }
    send_notices(ORGANIZER, fair.event, going(*first.values()), (), now=NOW)
    assert drafts(fair) == {}

    _move_first(fair)
    [notice] = drafts(fair).values()
    edit_notice(ORGANIZER, fair.event, notice.id, words="辛苦了", version=notice.version)
    cancel(fair.event, fair.items[1])
    release(fair.event)
    [merged] = drafts(fair).values()
    assert (merged.id, merged.words, merged.base_number, merged.number) == (notice.id, "辛苦了", 1, 3)
    assert kinds(merged) == [ChangeKind.MOVED, ChangeKind.CANCELLED]

    move(fair.event, fair.items[0], "10:00", "10:20")
    release(fair.event)
    [only_off] = drafts(fair).values()
    assert kinds(only_off) == [ChangeKind.CANCELLED]


def test_a_draft_that_became_empty_is_gone(fair):
    send_notices(ORGANIZER, fair.event, going(*drafts(fair).values()), (), now=NOW)
    _move_first(fair)
    assert len(drafts(fair)) == 1
    move(fair.event, fair.items[0], "10:00", "10:20")
    release(fair.event)
    assert drafts(fair) == {}


def test_nothing_is_sent_twice_and_nothing_that_changed_after_it_was_read(fair):
    notice = drafts(fair)["tp-dalian"]
    old = going(notice)
    edit_notice(ORGANIZER, fair.event, notice.id, words="请提前", version=notice.version)
    with pytest.raises(StaleEdit):
        send_notices(ORGANIZER, fair.event, old, [LETTER], now=NOW)
    fresh = going(notice)
    assert send_notices(ORGANIZER, fair.event, fresh, [LETTER], now=NOW) == 1
    with pytest.raises(Conflict):
        send_notices(ORGANIZER, fair.event, fresh, [LETTER], now=NOW)
    [mail] = db.session.scalars(select(OutboxMail)).all()
    assert (mail.attachment, mail.attachment_name) == (b"BEGIN:VCALENDAR", "programme.ics")
    assert [told.sent_text for told in list_told(fair.troupe)] == ["时间"]


def test_what_was_left_out_is_not_told_later(fair):
    first = drafts(fair)
    leave_out(ORGANIZER, fair.event, first["tp-dalian"].id, version=1, now=NOW)
    send_notices(ORGANIZER, fair.event, going(first["tp-benxi"]), (), now=NOW)
    assert {one.status for one in list_settled(fair.event)} == {NoticeStatus.SENT, NoticeStatus.LEFT_OUT}
    _move_first(fair)
    [notice] = drafts(fair).values()
    assert (notice.troupe.ref, kinds(notice)) == ("tp-dalian", [ChangeKind.MOVED])


def _move_first(fair: Stageful) -> int:
    move(fair.event, fair.items[0], "10:05", "10:25")
    return release(fair.event).number
