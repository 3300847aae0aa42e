"""The editor's page, its data and its moves over HTTP: who may what, what is answered, at which cost."""

import json
from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.events.queries import get_event
from eventsite.kernel.errors import DomainError
from eventsite.programme.core.placing import Spot, minute_of, read_moves
from eventsite.programme.core.plans import PlanFacts
from eventsite.programme.operations import create_plan
from eventsite.programme.queries import get_item, read_draft
from tests.support.counting import count_queries
from tests.support.factories import make_event, make_item, make_stage, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/programme"
MOVES, DATA = f"{DESK}/editor/moves", f"{DESK}/editor.json"


@pytest.fixture
def fair(app: Flask) -> dict[str, int]:
    """Make a fair with three items on S1 and one on S2; return their numbers by name."""
    with app.app_context():
        event = make_event(slug="fair-a")
        main = make_stage(event, zone=make_zone(event, code="A"), code="S1", name_zh="主舞台")
        other = make_stage(event, zone=make_zone(event, code="C"), code="S2", name_zh="非遗展台")
        acts = make_acts(event, 2, stage=main)
        signing = make_item(event, stage=main, kind="signing", starts_at=at("12:00"), ends_at=at("12:20"))
        there = make_item(event, stage=other, starts_at=at("9:00"), ends_at=at("9:30"))
        return {"first": acts[0].id, "second": acts[1].id, "signing": signing.id, "there": there.id}


@pytest.fixture
def organizer(app: Flask, fair: dict[str, int]) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


@pytest.fixture
def manager(app: Flask, fair: dict[str, int]) -> PageClient:
    """Return the stage manager of S2."""
    return client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S2")


def a_move(key: int, clock: str | None, *, stage: str | None = "S1", **given: Any) -> dict[str, Any]:
    """Return a move as the script sends it."""
    start = minute_of(at(clock)) if clock else None
    place = {"stage": stage if clock else None, "start": start, "minutes": 10}
    return {"id": key, "version": 1, "reset": False, **place, **given}


def proof(client: PageClient, page: str = f"{DESK}/editor") -> dict[str, str]:
    """Return the headers by which the script proves where it comes from."""
    token = client.page(page).all("input", name="csrf_token")[0].get("value") or ""
    return {"X-CSRFToken": token, "Accept": "application/json"}


def send(client: PageClient, *moves: dict[str, Any], query: str = "") -> Any:
    """Send moves as the editor does."""
    return client.post(MOVES + query, json={"moves": list(moves)}, headers=proof(client))


def data_of(client: PageClient) -> dict[str, Any]:
    """Return what the editor draws."""
    told: dict[str, Any] = json.loads(client.get(DATA).data)
    return told


def test_page_lists_the_items_for_those_without_a_script(organizer: PageClient, fair) -> None:
    page = organizer.page(f"{DESK}/editor")

    assert {f"{DESK}/items/{key}" for key in fair.values()} <= set(page.links)
    assert "主舞台" in page.text


def test_data_holds_items_stages_and_days(organizer: PageClient, fair) -> None:
    told = data_of(organizer)

    first = next(item for item in told["items"] if item["id"] == fair["first"])
    assert (first["stage"], first["start"], first["minutes"]) == ("S1", minute_of(at("9:00")), 10)
    assert [(stage["code"], stage["may"]) for stage in told["stages"]] == [("S1", True), ("S2", True)]
    (day,) = told["days"]
    assert day["from"] < day["opens"] < day["closes"] < day["to"]
    assert told["clashes"] == []


def test_unchanged_data_is_answered_by_one_small_query(app: Flask, organizer: PageClient, fair) -> None:
    etag = organizer.get(DATA).headers["ETag"]
    with count_queries(app) as asked:
        again = organizer.get(DATA, headers={"If-None-Match": etag})
    send(organizer, a_move(fair["first"], "10:00"))

    assert (again.status_code, again.data) == (304, b"")
    assert not [one for one in asked if "programme_item.title_zh" in one]
    assert organizer.get(DATA, headers={"If-None-Match": etag}).status_code == 200


def test_move_is_saved_and_answered_with_versions_and_clashes(
    app: Flask, organizer: PageClient, fair
) -> None:
    answer = send(organizer, a_move(fair["first"], "9:05"))

    told = answer.json
    assert (answer.status_code, told["versions"]) == (200, {str(fair["first"]): 2})
    (clash,) = told["clashes"]
    assert (clash["rule"], clash["severity"], clash["minutes"]) == ("stage", "block", 5)
    assert clash["band"] == [minute_of(at("9:10")), 5]
    assert (clash["put_off"], clash["moves"]) == (5, [[fair["second"], minute_of(at("9:15"))]])
    assert organizer.get(DATA, headers={"If-None-Match": told["etag"]}).status_code == 304
    with app.app_context():
        assert get_item(get_event("fair-a"), fair["first"]).starts_at == at("9:05")


def test_second_mover_gets_both_places(app: Flask, organizer: PageClient, fair) -> None:
    send(organizer, a_move(fair["first"], "11:00"))

    answer = send(organizer, a_move(fair["second"], "10:00"), a_move(fair["first"], "11:30"))

    (stale,) = answer.json["stale"]
    assert answer.status_code == 409
    assert (stale["id"], stale["version"]) == (fair["first"], 2)
    assert (stale["theirs"]["start"], stale["mine"]["start"]) == (
        minute_of(at("11:00")),
        minute_of(at("11:30")),
    )
    with app.app_context():
        assert get_item(get_event("fair-a"), fair["second"]).starts_at == at("9:10")


def test_fixed_point_refuses_a_drag(organizer: PageClient, fair) -> None:
    answer = send(organizer, a_move(fair["signing"], "13:00", minutes=20))

    assert answer.status_code == 409
    assert "民俗演出" in answer.json["error"]


@pytest.mark.parametrize(
    ("item", "stage", "status"),
    [
        ("there", "S2", 200),
        ("there", None, 200),
        ("there", "S1", 403),
        ("first", "S2", 403),
        ("first", "S1", 403),
        ("first", None, 403),
    ],
)
def test_stage_manager_needs_the_stage_it_leaves_and_the_one_it_comes_to(
    manager: PageClient, fair, item, stage, status
) -> None:
    assert send(manager, a_move(fair[item], "10:00" if stage else None, stage=stage)).status_code == status


def test_stage_manager_takes_out_of_the_tray_to_the_own_stage(
    organizer: PageClient, manager: PageClient, fair
) -> None:
    send(organizer, a_move(fair["first"], None))

    taken = [
        send(manager, a_move(fair["first"], "10:00", stage=stage, version=2)).status_code
        for stage in ("S1", "S2")
    ]
    assert taken == [403, 200]


def test_reset_in_the_draft_opens_no_other_stage(manager: PageClient, fair) -> None:
    move = a_move(fair["there"], "10:00", stage="S1", reset=True)

    assert send(manager, move).status_code == 403


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ZONE_LEAD])
def test_who_may_not_move_is_refused(app: Flask, fair, role: Role) -> None:
    client = client_of(app, role, "fair-a", "zone:A" if role is Role.ZONE_LEAD else "")
    headers = proof(client, "/admin/account")

    answer = client.post(MOVES, json={"moves": [a_move(1, "10:00")]}, headers=headers)

    assert answer.status_code == 403


def test_moves_without_a_token_are_refused(organizer: PageClient, fair) -> None:
    assert organizer.post(MOVES, json={"moves": [a_move(fair["first"], "10:00")]}).status_code == 400


def test_plan_is_moved_and_the_draft_stays(app: Flask, organizer: PageClient, fair) -> None:
    with app.app_context():
        event = get_event("fair-a")
        create_plan(ORGANIZER, event, PlanFacts(name_zh="雨天方案", name_en="Rain plan"))
        before = read_draft(event)

    answer = send(organizer, a_move(fair["first"], "10:00", stage="S2", version=0), query="?plan=B")

    assert (answer.status_code, answer.json["versions"]) == (200, {str(fair["first"]): 1})
    assert list(answer.json["states"].values()) == ["moved"]
    with app.app_context():
        event = get_event("fair-a")
        assert read_draft(event) == before
        assert read_draft(event, "B") != before
    assert organizer.get(f"{DATA}?plan=Z").status_code == 404
    assert "雨天方案" in organizer.page(f"{DESK}/editor?plan=B").text


def test_differences_are_told_from_the_release_alone(app: Flask, organizer: PageClient, fair) -> None:
    with app.app_context():
        make_release(get_event("fair-a"))

    states = send(organizer, a_move(fair["first"], "10:00")).json["states"]

    assert list(states.values()) == ["moved"]


def test_of_very_many_clashes_the_gravest_are_told_and_all_are_counted(
    app: Flask, organizer: PageClient, fair
) -> None:
    with app.app_context():
        event = get_event("fair-a")
        stage = get_item(event, fair["first"]).stage
        for _ in range(26):
            make_item(event, stage=stage, starts_at=at("11:00"), ends_at=at("11:20"))

    told = data_of(organizer)

    assert (len(told["clashes"]), told["found"], told["blocks"]) == (300, 325, 325)


def test_drop_costs_the_same_for_few_and_many_items(app: Flask, organizer: PageClient, fair) -> None:
    sizes: list[int] = []
    for clock in ("10:00", "10:20"):
        headers = proof(organizer)
        moves = [a_move(fair["first"], clock, version=len(sizes) + 1)]
        with count_queries(app) as asked:
            answer = organizer.post(MOVES, json={"moves": moves}, headers=headers)
        assert answer.status_code == 200
        sizes.append(len(asked))
        with app.app_context():
            make_acts(get_event("fair-a"), 12)

    assert sizes[0] == sizes[1]


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"moves": []},
        {"moves": "all"},
        {"moves": [1]},
        {"moves": [a_move(1, "9:00", start=1.5)]},
        {"moves": [a_move(1, "9:00", start=-5)]},
        {"moves": [a_move(1, "9:00", start=2**40)]},
        {"moves": [a_move(1, "9:00", minutes=True)]},
        {"moves": [a_move(1, "9:00", minutes=0)]},
        {"moves": [a_move(1, "9:00", minutes=6000)]},
        {"moves": [a_move(1, "9:00", version="1")]},
        {"moves": [a_move(1, "9:00") | {"stage": 7}]},
        {"moves": [a_move(1, "9:00", reset="yes")]},
        {"moves": [a_move(1, "9:00", title="x")]},
        {"moves": [a_move(1, "9:00"), a_move(1, "10:00")]},
        {"moves": [a_move(n, "9:00") for n in range(301)]},
    ],
)
def test_what_is_no_list_of_moves_is_refused(document: Any) -> None:
    with pytest.raises(DomainError):
        read_moves(document)


def test_moves_are_read() -> None:
    (move,) = read_moves({"moves": [a_move(7, "9:00", stage="S2")]})

    assert (move.item_id, move.version, move.reset) == (7, 1, False)
    assert move.spot == Spot(stage="S2", starts_at=at("9:00"), minutes=10)
