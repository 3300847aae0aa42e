"""Entries with their versions and history, photos with their files, vouchers that never go twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from eventsite.accounts.core import system
from eventsite.audit.queries import history_of
from eventsite.database import db
from eventsite.files.models import StoredFile
from eventsite.kernel.errors import Conflict, NotFound, StaleEdit
from eventsite.market.models import Booth
from eventsite.showcase.errors import NeedsStamp, NoneLeft, NotOffered
from eventsite.showcase.models import CityVisit, CityVoucher, Inheritor, Product, ShowcasePhoto
from eventsite.showcase.operations import entries, photos
from eventsite.showcase.operations.vouchers import take_voucher, use_voucher, visit_city
from eventsite.showcase.queries import figures_of_cities, get_entry, show_of_booth, show_of_city
from tests.support.factories import NOW, make_booth, make_delegation, make_event, make_organization
from tests.support.factories_draws import make_pass
from tests.support.factories_showcase import (
    a_photo,
    inheritor_facts,
    photo_facts,
    product_facts,
    route_facts,
    voucher_facts,
)

pytestmark = pytest.mark.usefixtures("context")
both_databases = pytest.mark.both_databases
LEAD = system("test")
VISITOR = system("visitor")


def test_product_is_added_changed_and_removed_with_its_history() -> None:
    event = make_event()
    booth = make_booth(event)
    product = entries.create_product(LEAD, event, booth, product_facts())
    changed = product_facts(price_yuan=30.5)
    entries.edit_product(LEAD, event, product.id, changed, version=product.version)
    assert get_entry(Product, event, product.id).facts == changed
    number, version = product.id, product.version
    told = [entry.verb for entry in history_of(event.id, f"product:{number}")]
    entries.remove_product(LEAD, event, number, version=version)
    assert told == ["edit", "create"]
    with pytest.raises(NotFound):
        get_entry(Product, event, number)


def test_second_save_is_told_of_the_first() -> None:
    event = make_event()
    product = entries.create_product(LEAD, event, make_booth(event), product_facts())
    read = product.version
    entries.edit_product(LEAD, event, product.id, product_facts(name_zh="甲"), version=read)
    with pytest.raises(StaleEdit) as refused:
        entries.edit_product(LEAD, event, product.id, product_facts(name_zh="乙"), version=read)
    assert refused.value.theirs == {"name_zh": "甲"}


def test_entries_of_another_event_are_not_found() -> None:
    event, other = make_event(slug="fair-a"), make_event(slug="fair-b")
    product = entries.create_product(LEAD, event, make_booth(event), product_facts())
    with pytest.raises(NotFound):
        entries.edit_product(LEAD, other, product.id, product_facts(), version=product.version)


def test_photo_is_shown_with_its_file_and_both_go_together() -> None:
    event = make_event()
    booth = make_booth(event)
    photo = photos.add_photo(LEAD, event, booth, a_photo(), photo_facts())
    assert [one.id for one in show_of_booth(booth).photos] == [photo.id]
    assert photo.small_size == (400, 300)
    photos.edit_photo(LEAD, event, photo.id, photo_facts(credit="李摄影"), version=photo.version)
    photos.remove_photo(LEAD, event, photo.id, version=photo.version)
    assert show_of_booth(booth).photos == []
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_heritage_holder_goes_with_the_portrait() -> None:
    event = make_event()
    booth = make_booth(event)
    holder = entries.create_inheritor(LEAD, event, booth, inheritor_facts())
    photos.add_photo(LEAD, event, holder, a_photo(), photo_facts())
    assert set(show_of_booth(booth).portraits) == {holder.id}
    entries.remove_inheritor(LEAD, event, holder.id, version=holder.version)
    counts = [db.session.scalar(select(func.count()).select_from(one)) for one in (Inheritor, ShowcasePhoto)]
    assert counts == [0, 0]


def test_voucher_names_a_partner_of_the_event_alone() -> None:
    event, other = make_event(slug="fair-a"), make_event(slug="fair-b")
    city = make_delegation(event, ref="dl-dalian")
    make_organization(event, ref="org-boat")
    make_organization(other, ref="org-else")
    voucher = entries.create_voucher(LEAD, event, city, voucher_facts(organization="org-boat"))
    assert voucher.scopes == {"delegation:dl-dalian", "organization:org-boat"}
    with pytest.raises(Conflict, match="organization"):
        entries.create_voucher(LEAD, event, city, voucher_facts(organization="org-else"))


@both_databases
def test_voucher_is_taken_once_a_pass_and_no_more_than_there_are() -> None:
    event = make_event()
    voucher = entries.create_voucher(LEAD, event, make_delegation(event), voucher_facts(stock=2))
    one, two, three = (make_pass(event, stamps=1, checkpoints=1) for _ in range(3))
    first = take_voucher(VISITOR, event, voucher.id, one.key, now=NOW)
    again = take_voucher(VISITOR, event, voucher.id, one.key, now=NOW)
    assert (first.fresh, again.fresh, again.taken.id) == (True, False, first.taken.id)
    take_voucher(VISITOR, event, voucher.id, two.key, now=NOW)
    with pytest.raises(NoneLeft):
        take_voucher(VISITOR, event, voucher.id, three.key, now=NOW)
    db.session.expire_all()
    assert get_entry(CityVoucher, event, voucher.id).taken == 2


def test_voucher_needs_a_stamp_an_offer_and_a_day_that_is_not_over() -> None:
    event = make_event()
    voucher = entries.create_voucher(LEAD, event, make_delegation(event), voucher_facts())
    stamped = make_pass(event, stamps=1, checkpoints=1)
    with pytest.raises(NeedsStamp):
        take_voucher(VISITOR, event, voucher.id, make_pass(event, stamps=0).key, now=NOW)
    with pytest.raises(NeedsStamp):
        take_voucher(VISITOR, event, voucher.id, b"0" * 16, now=NOW)
    with pytest.raises(NotOffered):
        take_voucher(VISITOR, event, voucher.id, stamped.key, now=NOW + timedelta(days=900))
    entries.edit_voucher(LEAD, event, voucher.id, voucher_facts(offered=False), version=voucher.version)
    with pytest.raises(NotOffered):
        take_voucher(VISITOR, event, voucher.id, stamped.key, now=NOW)


@both_databases
def test_voucher_is_used_once_and_the_first_use_is_told() -> None:
    event = make_event()
    voucher = entries.create_voucher(LEAD, event, make_delegation(event), voucher_facts())
    taken = take_voucher(VISITOR, event, voucher.id, make_pass(event, stamps=1).key, now=NOW).taken
    first = use_voucher(system("one"), event, taken.id, now=NOW)
    second = use_voucher(system("two"), event, taken.id, now=NOW + timedelta(hours=1))
    assert (first.fresh, second.fresh) == (True, False)
    assert (second.taken.used_by, second.taken.used_at) == ("system:one", NOW)
    assert [entry.verb for entry in history_of(event.id, f"taken_voucher:{taken.id}")] == ["use"]


def test_voucher_is_not_used_after_its_last_day() -> None:
    event = make_event()
    voucher = entries.create_voucher(LEAD, event, make_delegation(event), voucher_facts())
    taken = take_voucher(VISITOR, event, voucher.id, make_pass(event, stamps=1).key, now=NOW).taken
    with pytest.raises(NotOffered):
        use_voucher(LEAD, event, taken.id, now=NOW + timedelta(days=900))


def test_voucher_that_was_taken_is_not_removed_nor_cut_below() -> None:
    event = make_event()
    voucher = entries.create_voucher(LEAD, event, make_delegation(event), voucher_facts())
    for _ in range(2):
        take_voucher(VISITOR, event, voucher.id, make_pass(event, stamps=1).key, now=NOW)
    db.session.expire_all()
    with pytest.raises(Conflict, match="taken"):
        entries.edit_voucher(LEAD, event, voucher.id, voucher_facts(stock=1), version=voucher.version)
    with pytest.raises(Conflict, match="Stop handing it out"):
        entries.remove_voucher(LEAD, event, voucher.id, version=voucher.version)


@both_databases
def test_visit_counts_a_stamped_pass_once_a_day() -> None:
    event, other = make_event(slug="fair-a"), make_event(slug="fair-b")
    city, foreign = make_delegation(event), make_delegation(other)
    stamped, bare = make_pass(event, stamps=1), make_pass(event, stamps=0)
    assert visit_city(event, city.id, stamped.key, now=NOW)
    assert not visit_city(event, city.id, stamped.key, now=NOW)
    assert visit_city(event, city.id, stamped.key, now=NOW + timedelta(days=1))
    assert not visit_city(event, city.id, bare.key, now=NOW)
    assert not visit_city(event, foreign.id, stamped.key, now=NOW)
    assert db.session.scalar(select(func.count()).select_from(CityVisit)) == 2


def test_figures_add_up_city_by_city() -> None:
    event = make_event()
    city, quiet = make_delegation(event, ref="dl-a"), make_delegation(event, ref="dl-b")
    booth: Booth = make_booth(event, delegation_id=city.id)
    entries.create_product(LEAD, event, booth, product_facts())
    entries.create_inheritor(LEAD, event, booth, inheritor_facts())
    entries.create_route(LEAD, event, city, route_facts())
    photos.add_photo(LEAD, event, city, a_photo(), photo_facts())
    photos.add_photo(LEAD, event, booth, a_photo(), photo_facts())
    voucher = entries.create_voucher(LEAD, event, city, voucher_facts())
    visitor = make_pass(event, stamps=1)
    taken = take_voucher(VISITOR, event, voucher.id, visitor.key, now=NOW).taken
    use_voucher(LEAD, event, taken.id, now=NOW)
    for day in range(2):
        visit_city(event, city.id, visitor.key, now=NOW + timedelta(days=day))
    db.session.expire_all()
    busy, empty = figures_of_cities(event)
    assert (busy.photos, busy.products, busy.routes, busy.inheritors) == (2, 1, 1, 1)
    assert (busy.visits, busy.visitors, busy.vouchers, busy.taken, busy.used) == (2, 1, 1, 1, 1)
    assert (empty.delegation.ref, empty.visits, empty.photos) == (quiet.ref, 0, 0)
    assert [one.name_zh for one in show_of_city(city).routes] == ["看海两日"]
