"""Which features the site has: their pages, rules of access and words of the log, bottom to top."""

from collections.abc import Mapping

from flask import Blueprint

from eventsite.accounts import enums as accounts_enums
from eventsite.accounts import permissions as accounts_permissions
from eventsite.accounts import views_admin as accounts_views_admin
from eventsite.accounts import views_public as accounts_views_public
from eventsite.accounts.core import Permission, Predicate
from eventsite.admin import views_dashboard, views_delegation, views_members, views_people
from eventsite.agreements import permissions as agreements_permissions
from eventsite.agreements import views_admin as agreements_views_admin
from eventsite.agreements import views_public as agreements_views_public
from eventsite.applications import enums as applications_enums
from eventsite.applications import permissions as applications_permissions
from eventsite.applications import views_admin as applications_views_admin
from eventsite.applications import views_public as applications_views_public
from eventsite.checkin import enums as checkin_enums
from eventsite.checkin import permissions as checkin_permissions
from eventsite.checkin import views_admin as checkin_views_admin
from eventsite.checkin import views_public as checkin_views_public
from eventsite.draws import enums as draws_enums
from eventsite.draws import permissions as draws_permissions
from eventsite.draws import views_admin as draws_views_admin
from eventsite.draws import views_public as draws_views_public
from eventsite.eventfile import enums as eventfile_enums
from eventsite.events import enums as events_enums
from eventsite.events import permissions as events_permissions
from eventsite.events import views_admin as events_views_admin
from eventsite.events import views_public as events_views_public
from eventsite.exports import views_public as exports_views_public
from eventsite.files import enums as files_enums
from eventsite.giveaways import permissions as giveaways_permissions
from eventsite.giveaways import views_admin as giveaways_views_admin
from eventsite.giveaways import views_public as giveaways_views_public
from eventsite.helpdesk import enums as helpdesk_enums
from eventsite.helpdesk import permissions as helpdesk_permissions
from eventsite.helpdesk import views_admin as helpdesk_views_admin
from eventsite.helpdesk import views_public as helpdesk_views_public
from eventsite.imports import enums as imports_enums
from eventsite.imports import permissions as imports_permissions
from eventsite.imports import views_admin as imports_views_admin
from eventsite.market import enums as market_enums
from eventsite.market import permissions as market_permissions
from eventsite.market import views_admin as market_views_admin
from eventsite.market import views_public as market_views_public
from eventsite.partners import enums as partners_enums
from eventsite.partners import permissions as partners_permissions
from eventsite.partners import views_admin as partners_views_admin
from eventsite.partners import views_public as partners_views_public
from eventsite.placement import enums as placement_enums
from eventsite.placement import permissions as placement_permissions
from eventsite.placement import views_admin as placement_views_admin
from eventsite.placement import views_public as placement_views_public
from eventsite.programme import enums as programme_enums
from eventsite.programme import permissions as programme_permissions
from eventsite.programme import views_admin as programme_views_admin
from eventsite.programme import views_public as programme_views_public
from eventsite.public import views_cities, views_passport, views_probes, views_public, views_typed
from eventsite.readiness import enums as readiness_enums
from eventsite.readiness import permissions as readiness_permissions
from eventsite.readiness import views_admin as readiness_views_admin
from eventsite.readiness import views_public as readiness_views_public
from eventsite.redeem import views_public as redeem_views_public
from eventsite.runsheets import permissions as runsheets_permissions
from eventsite.runsheets import views_admin as runsheets_views_admin
from eventsite.scheduling import enums as scheduling_enums
from eventsite.scheduling import permissions as scheduling_permissions
from eventsite.scheduling import views_admin as scheduling_views_admin
from eventsite.showcase import enums as showcase_enums
from eventsite.showcase import permissions as showcase_permissions
from eventsite.showcase import views_admin as showcase_views_admin
from eventsite.showcase import views_public as showcase_views_public
from eventsite.signs import permissions as signs_permissions
from eventsite.signs import views_admin as signs_views_admin
from eventsite.stagedesk import enums as stagedesk_enums
from eventsite.stagedesk import permissions as stagedesk_permissions
from eventsite.stagedesk import views_admin as stagedesk_views_admin
from eventsite.stagedesk import views_public as stagedesk_views_public
from eventsite.troupes import enums as troupes_enums
from eventsite.troupes import permissions as troupes_permissions
from eventsite.troupes import views_admin as troupes_views_admin
from eventsite.troupes import views_public as troupes_views_public
from eventsite.workshops import permissions as workshops_permissions
from eventsite.workshops import views_admin as workshops_views_admin
from eventsite.workshops import views_public as workshops_views_public

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts_views_public.blueprint,
    accounts_views_admin.blueprint,
    accounts_views_admin.post,
    events_views_public.blueprint,
    events_views_admin.blueprint,
    market_views_public.blueprint,
    market_views_admin.blueprint,
    applications_views_public.blueprint,
    applications_views_admin.blueprint,
    programme_views_public.blueprint,
    programme_views_admin.blueprint,
    exports_views_public.blueprint,
    checkin_views_public.blueprint,
    checkin_views_admin.blueprint,
    giveaways_views_public.blueprint,
    giveaways_views_admin.blueprint,
    workshops_views_public.blueprint,
    workshops_views_admin.blueprint,
    draws_views_public.blueprint,
    draws_views_admin.blueprint,
    helpdesk_views_public.blueprint,
    helpdesk_views_admin.blueprint,
    stagedesk_views_public.blueprint,
    stagedesk_views_admin.blueprint,
    scheduling_views_admin.blueprint,
    signs_views_admin.blueprint,
    placement_views_public.blueprint,
    placement_views_admin.blueprint,
    readiness_views_admin.blueprint,
    readiness_views_public.blueprint,
    agreements_views_public.blueprint,
    agreements_views_admin.blueprint,
    showcase_views_public.blueprint,
    showcase_views_admin.blueprint,
    imports_views_admin.blueprint,
    partners_views_public.feeds_blueprint,
    partners_views_public.api_blueprint,
    partners_views_admin.blueprint,
    troupes_views_public.blueprint,
    troupes_views_admin.blueprint,
    runsheets_views_admin.blueprint,
    redeem_views_public.blueprint,
    views_public.blueprint,
    views_cities.blueprint,
    views_passport.blueprint,
    views_typed.blueprint,
    views_probes.blueprint,
    views_dashboard.blueprint,
    views_delegation.blueprint,
    views_people.blueprint,
    views_members.blueprint,
)

RULES: Mapping[Permission, tuple[Predicate, ...]] = {
    **accounts_permissions.RULES,
    **events_permissions.RULES,
    **market_permissions.RULES,
    **applications_permissions.RULES,
    **programme_permissions.RULES,
    **checkin_permissions.RULES,
    **draws_permissions.RULES,
    **giveaways_permissions.RULES,
    **workshops_permissions.RULES,
    **helpdesk_permissions.RULES,
    **stagedesk_permissions.RULES,
    **scheduling_permissions.RULES,
    **signs_permissions.RULES,
    **placement_permissions.RULES,
    **readiness_permissions.RULES,
    **showcase_permissions.RULES,
    **agreements_permissions.RULES,
    **imports_permissions.RULES,
    **partners_permissions.RULES,
    **troupes_permissions.RULES,
    **runsheets_permissions.RULES,
}

TABLES_OF_ACTS = (
    accounts_enums.ACTS,
    events_enums.ACTS,
    files_enums.ACTS,
    market_enums.ACTS,
    applications_enums.ACTS,
    programme_enums.ACTS,
    scheduling_enums.ACTS,
    helpdesk_enums.ACTS,
    stagedesk_enums.ACTS,
    checkin_enums.ACTS,
    draws_enums.ACTS,
    readiness_enums.ACTS,
    placement_enums.ACTS,
    showcase_enums.ACTS,
    imports_enums.ACTS,
    partners_enums.ACTS,
    troupes_enums.ACTS,
    eventfile_enums.ACTS,
)
ACTS: Mapping[str, Mapping[str, str]] = {
    kind: {verb: words for table in TABLES_OF_ACTS for verb, words in table.get(kind, {}).items()}
    for kind in sorted({kind for table in TABLES_OF_ACTS for kind in table})
}

VALUES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "zone": {"kind": events_enums.ZONE_KINDS},
    "facility": {"kind": events_enums.FACILITY_KINDS},
    "booth": {
        "category": market_enums.CATEGORIES,
        "kind": market_enums.KINDS,
        "status": market_enums.STATUSES,
        "live_state": {state.value: words for state, words in market_enums.LIVE_WORDS.items()},
        "check": {one.value: words for one, words in readiness_enums.CHECK_WORDS.items()},
    },
    "plan_shape": {"kind": {kind.value: words for kind, words in market_enums.SHAPE_WORDS.items()}},
    "application": {
        "status": {one.value: words for one, words in applications_enums.STATUS_WORDS.items()},
        "matter": {one.value: words for one, words in applications_enums.MATTER_WORDS.items()},
        "verdict": {one.value: words for one, words in applications_enums.VERDICT_WORDS.items()},
        "how": {one.value: words for one, words in applications_enums.HOW_WORDS.items()},
        "category": market_enums.CATEGORIES,
    },
    "call_question": {
        "kind": {one.value: words for one, words in applications_enums.QUESTION_KIND_WORDS.items()}
    },
    "programme_item": {"kind": programme_enums.KINDS, "status": programme_enums.STATES},
    "permit": {
        "status": readiness_enums.PERMIT_STATUSES,
        "concerns": {one.value: words for one, words in readiness_enums.CONCERN_WORDS.items()},
    },
    "milestone": {"owner_team": readiness_enums.TEAMS},
    "slot": {"kind": {one.value: words for one, words in readiness_enums.SLOT_WORDS.items()}},
    "certificate": {"kind": {one.value: words for one, words in readiness_enums.CERTIFICATE_WORDS.items()}},
    "access_pass": {"kind": {one.value: words for one, words in readiness_enums.PASS_WORDS.items()}},
    "inheritor": {"rank": showcase_enums.RANK_WORDS},
    "travel_route": {"season": showcase_enums.SEASON_WORDS},
    "checkpoint": {"code_mode": checkin_enums.CODE_MODES},
    "draw": {
        "status": {status.value: words for status, words in draws_enums.STATUS_WORDS.items()},
        "kind": {kind.value: words for kind, words in draws_enums.WITNESS_WORDS.items()},
    },
}
"""The words of closed vocabularies in the log, by kind of thing and field."""
