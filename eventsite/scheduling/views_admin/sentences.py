"""What an item that found no place would need, as sentences."""

from flask_babel import gettext as _

from eventsite.kernel.words import N_
from eventsite.scheduling.core.values import Relax, Rule, Way
from eventsite.scheduling.queries import Names
from eventsite.scheduling.views_admin.clock import Clock
from eventsite.web.language import pick

LATER = {
    Rule.HOURS: N_("%(what)s stays open until %(time)s (%(minutes)s min longer)"),
    Rule.AVAILABILITY: N_("%(what)s is available until %(time)s (%(minutes)s min longer)"),
}
EARLIER = {
    Rule.HOURS: N_("%(what)s opens at %(time)s (%(minutes)s min earlier)"),
    Rule.AVAILABILITY: N_("%(what)s is available from %(time)s on (%(minutes)s min earlier)"),
}
PLAIN = {
    Rule.STAGE: N_("%(what)s has %(minutes)s min more free there, or the item is that much shorter"),
    Rule.REST: N_("%(what)s rests %(minutes)s min less"),
    Rule.THING: N_("there are %(minutes)s more of “%(what)s”"),
}


def say_way(way: Way, names: Names, clock: Clock) -> str:
    """Return a way out as a sentence."""
    return _(
        "%(stage)s, %(when)s: possible if %(conditions)s.",
        stage=way.spot.stage,
        when=clock.words(way.spot.start),
        conditions=_(", and if ").join(_condition(relax, names, clock) for relax in way.relaxes),
    )


def _condition(relax: Relax, names: Names, clock: Clock) -> str:
    what = _name(relax, names)
    if relax.until is not None:
        return _(LATER[relax.rule], what=what, time=clock.time(relax.until), minutes=relax.minutes)
    if relax.since is not None:
        return _(EARLIER[relax.rule], what=what, time=clock.time(relax.since), minutes=relax.minutes)
    return _(PLAIN[relax.rule], what=what, minutes=relax.minutes)


def _name(relax: Relax, names: Names) -> str:
    if relax.rule in {Rule.AVAILABILITY, Rule.REST} and relax.what in names.troupes:
        return pick(names.troupes[relax.what], "name")
    if relax.rule is Rule.THING and relax.what in names.things:
        return pick(names.things[relax.what], "name")
    return relax.what
