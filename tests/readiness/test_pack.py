"""What readiness adds to an exhibitor's pack: times, and the codes of its own passes."""

from flask import Flask

from eventsite.applications.enums import How, Status
from eventsite.applications.operations import assign_booth
from eventsite.applications.queries import get_application
from eventsite.applications.queries.pack import lines_of
from eventsite.readiness import operations
from tests.support.factories import NOW, make_application
from tests.support.factories_market import ORGANIZER
from tests.support.factories_readiness import access_facts, make_pass, make_stall, slot_facts


def test_a_pack_has_the_times_and_the_passes_of_its_own_exhibitor(app: Flask) -> None:
    with app.test_request_context():
        stall = make_stall()
        make_pass(stall, access_facts(label="上一家"))  # issued before the booth was given
        slot = operations.create_slot(ORGANIZER, stall.event, slot_facts())
        operations.book_slot(ORGANIZER, stall.event, "A-01", slot.id, now=NOW)
        row = make_application(stall.event, zone=stall.fair.zone, status=Status.APPROVED)
        assign_booth(ORGANIZER, stall.event, row.ref, ["A-01"], how=How.HAND)
        own = make_pass(stall, access_facts(label="摊主"))
        gone = make_pass(stall, access_facts(label="离职"))
        operations.revoke_pass(ORGANIZER, stall.event, gone.id, reason="离职", now=NOW)

        lines = lines_of(stall.event, get_application(stall.event, row.ref))
        assert [(line.title_zh, line.title_en) for line in lines] == [
            ("布展", "Set-up"),
            ("工作证", "Staff pass"),
        ]
        assert lines[0].text_zh == "A-01: 09-05 14:00–16:00"
        assert lines[1].text_zh == f"A-01-{own.number} · 摊主 · – 09-06 23:00"
        assert lines[1].address.startswith(f"{app.config['BASE_URL']}/v/")
        assert app.test_client().get(lines[1].image).mimetype == "image/svg+xml"
