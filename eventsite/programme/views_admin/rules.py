"""How grave the rules are that the draft is held to."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.programme import operations, queries
from eventsite.programme.core.clashes import find_clashes
from eventsite.programme.enums import RULE_WORDS, SEVERITIES, SEVERITY_WORDS
from eventsite.programme.forms import rules_form
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.web.access import current_actor, may, requires
from eventsite.web.history import tell


@blueprint.get("/rules")
@requires(ProgrammePermission.SEE_DRAFT)
def rules(event: Event) -> str:
    """Show each rule, how grave it is, and how often the draft breaks it now."""
    return _page(event)


@blueprint.post("/rules")
@requires(ProgrammePermission.EDIT_RULES)
def set_rules(event: Event) -> tuple[str, int] | Redirect:
    """Say how grave each rule is."""
    form = rules_form(queries.clash_rules(event).severities)
    if form.saves(lambda: operations.set_severities(current_actor(), event, form.severities)):
        flash(_("Saved: the draft is judged by these rules from now on."), "ok")
        return redirect(url_for(".rules", event=event.slug), 303)
    return _page(event), form.http_status


def _page(event: Event) -> str:
    held = queries.clash_rules(event)
    clashes = find_clashes(queries.read_draft(event), held)
    return render_template(
        "programme/admin/rules.html",
        form=rules_form(held.severities),
        counts={rule: sum(clash.rule is rule for clash in clashes) for rule in RULE_WORDS},
        rules=list(RULE_WORDS),
        usual={rule: SEVERITY_WORDS[severity] for rule, severity in SEVERITIES.items()},
        may_edit=may(ProgrammePermission.EDIT_RULES, Thing(event_id=event.id)),
        history=tell(
            history_of(event.id, f"clash_setting:{event.id}"),
            labels={rule.value: _(words) for rule, words in RULE_WORDS.items()},
        ),
    )
