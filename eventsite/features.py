"""Which features the site has: their pages and their rules of access, bottom to top."""

from collections.abc import Mapping

from flask import Blueprint

from eventsite.accounts.core import Permission, Predicate
from eventsite.events import permissions as events_permissions
from eventsite.events import views_public as events_views_public
from eventsite.public import views_public

BLUEPRINTS: tuple[Blueprint, ...] = (
    events_views_public.blueprint,
    views_public.blueprint,
)

RULES: Mapping[Permission, tuple[Predicate, ...]] = {
    **events_permissions.RULES,
}
