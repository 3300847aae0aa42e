"""Two fairs on one site: no page, file, code or form of one knows anything of the other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.accounts.queries import find_account
from eventsite.events.operations import grant_role
from eventsite.events.queries import get_event
from eventsite.kernel.clock import machine_now
from tests.journeys.people import Person, checkpoint_pages, look_at, member, visitor
from tests.support.clocks import running_clock, set_clock
from tests.support.demo_fair import EVENT, address, open_fair, tell
from tests.support.eventfiles import SECOND_FAIR, jinan, second_fair
from tests.support.page import read_page

OTHER = str(second_fair()["event"]["id"])
FILES = (
    "programme.ics",
    "programme.json",
    "programme.csv",
    "programme/changes.atom",
    "now.json",
    "theme.css",
)
OWN = {"zones": "code", "booths": "code", "delegations": "id", "agreements": "id"}
PATHS = {"zones": "zones", "booths": "booths", "delegations": "cities", "agreements": "agreements"}
NAMING = ("name_zh", "title_zh", "label_zh")
LONG_ENOUGH = 4  # a shorter one may stand in any sentence


@pytest.fixture
def site(real_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """Return a site with both fairs, open to everybody."""
    real_app.config["INSTANCE_DIR"] = str(tmp_path)
    with running_clock():
        open_fair(real_app)
        tell(real_app, "event", "load", str(SECOND_FAIR))
        tell(real_app, "programme", "release", OTHER, "--note", "春季首版")
        yield real_app


def test_no_public_page_or_file_of_one_fair_names_the_other(site: Flask) -> None:
    for slug, own, strange in ((EVENT, jinan(), second_fair()), (OTHER, second_fair(), jinan())):
        told = everything_public(visitor(site), slug)
        assert len(told) > 20
        names = names_only_in(strange, not_in=own)
        assert len(names) > 20
        found = {(path, name) for path, text in told.items() for name in names if name in text}
        assert found == set()


def test_names_of_one_fair_are_not_found_in_the_other(site: Flask) -> None:
    person = visitor(site)
    for slug, own, strange in ((EVENT, jinan(), second_fair()), (OTHER, second_fair(), jinan())):
        for part, key in OWN.items():
            known = {record[key] for record in own[part]}
            for code in {record[key] for record in strange[part]} - known:
                person.see(f"/e/{slug}/{PATHS[part]}/{code}", status=404)
        for draw in draws_of(strange) - draws_of(own):
            person.see(f"/e/{slug}/draws/{draw}", status=404)


def test_stamps_of_one_fair_do_not_count_in_the_other(site: Flask) -> None:
    person, organizer = visitor(site), member(site, "organizer")
    before = person.see(f"/e/{OTHER}/passport").all("li", class_="slot")
    for minute, place in enumerate(checkpoint_pages(organizer)[:2]):
        set_clock(f"2025-09-06T10:{30 + 2 * minute}+08:00")
        sign = look_at(organizer, place)
        person.send(sign.path, sign.path, code=sign.digits)
    assert len(person.see(f"/e/{EVENT}/passport").all("li", class_="is-in")) == 2
    after = person.see(f"/e/{OTHER}/passport").all("li", class_="slot")
    assert len(after) == len(before) == 4
    assert not [slot for slot in after if "is-in" in slot.get("class", "")]


def test_team_of_one_fair_finds_nothing_of_the_other(site: Flask) -> None:
    organizer = member(site, "organizer")
    own = admin_links(organizer, EVENT)
    assert len(own) > 15
    for path in own:
        organizer.see(path.replace(f"/e/{EVENT}/", f"/e/{OTHER}/"), status=404)


def test_numbers_of_one_fair_are_not_found_by_somebody_of_both(site: Flask) -> None:
    organizer = member(site, "organizer")
    numbered = [path for path in admin_links(organizer, EVENT) if re.search(r"/\d+$", path)]
    assert numbered
    with site.app_context():
        account = find_account(address("organizer"))
        assert account is not None
        grant_role(system("test"), account.id, Role.ORGANIZER, event=get_event(OTHER), now=machine_now())
    organizer.see(f"/admin/e/{OTHER}/")
    for path in numbered:
        organizer.see(path.replace(f"/e/{EVENT}/", f"/e/{OTHER}/"), status=404)


PACKED = (".pdf", ".xlsx")  # no readable text; they are made of the snapshot that the others show


def everything_public(person: Person, slug: str) -> dict[str, str]:
    """Follow all links from a fair's home; return the texts by address. None leads to another fair."""
    home = f"/e/{slug}/"
    waiting, told = [home, *(home + name for name in FILES)], {}
    while waiting:
        path = waiting.pop()
        if path in told or path.endswith(PACKED):
            continue
        response = person.client.get(path, follow_redirects=True)
        assert response.status_code == 200, f"{path}: {response.status}"
        told[path] = response.text
        if response.mimetype != "text/html":
            continue
        for link in read_page(response.text, path).links:
            parts = urlsplit(link)
            if parts.path.startswith("/e/"):
                assert parts.path.startswith(home), f"{path} leads to {parts.path}"
                waiting.append(unquote(parts.path))
    return told


def admin_links(organizer: Person, slug: str) -> list[str]:
    """Return the addresses that the fair's own pages of the team lead to, a few of each kind."""
    home = f"/admin/e/{slug}/"
    first = _few_of_each(organizer, {link for link in organizer.see(home).links if link.startswith(home)})
    second = {link for path in first for link in organizer.see(path).links if link.startswith(home)}
    return _few_of_each(organizer, {*first, *second})


def _few_of_each(organizer: Person, links: set[str], *, few: int = 2) -> list[str]:
    """Return the paths of links, the first of each view."""
    views = organizer.client.application.url_map.bind("localhost")
    kept: dict[str, list[str]] = {}
    for path in sorted({urlsplit(link).path for link in links}):
        same = kept.setdefault(views.match(path)[0], [])
        if len(same) < few and not path.endswith(PACKED):
            same.append(path)
    return [path for same in kept.values() for path in same]


def names_only_in(fair: dict[str, Any], *, not_in: dict[str, Any]) -> set[str]:
    """Return the names and titles of one fair's file that the other's does not hold."""
    other = json.dumps(not_in, ensure_ascii=False)
    return {name for name in names_in(fair) if len(name) >= LONG_ENOUGH and name not in other}


def names_in(part: Any) -> Iterator[str]:
    """Return every Chinese name and title of a part of an event file."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key.endswith(NAMING) and isinstance(value, str):
                yield value
            yield from names_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from names_in(value)


def draws_of(fair: dict[str, Any]) -> set[str]:
    """Return the ids of a fair's draws."""
    raffle = fair["raffle"]
    return {one["id"] for one in raffle["rounds"]} or {raffle["id"]}
