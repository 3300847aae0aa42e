"""Files of the programme, and the feed of its changes. They speak the language that the address asks for."""

from flask import Blueprint, request
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from eventsite.events.models import Event
from eventsite.exports.asked import asked_language, asked_number, asked_writer
from eventsite.exports.core.choice import Choice, is_known, narrow
from eventsite.exports.formats import FORMATS
from eventsite.exports.links import links_of
from eventsite.exports.queries import list_told, take_snapshot
from eventsite.exports.sentences import change_sentence
from eventsite.exports.writers.atom import Feed, News, write_atom
from eventsite.exports.writers.changes_json import write_changes_json
from eventsite.exports.writers.jsonld import write_jsonld
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.changes import read_changes
from eventsite.programme.core.choice import favourites_cookie, read_marks
from eventsite.programme.models import Release
from eventsite.programme.queries import ReleaseView, find_shown, get_release, list_releases
from eventsite.web.access import public
from eventsite.web.downloads import content_disposition
from eventsite.web.kept import Body, Place, keep, name_bytes
from eventsite.web.language import LOCALES, TAGS, language
from eventsite.web.links import absolute

blueprint = Blueprint("exports", __name__)

ALWAYS_ASK = "public, no-cache"
FOR_EVER = "public, max-age=86400, immutable"
NEWEST = 30
ANY_PAGE = {"Access-Control-Allow-Origin": "*"}  # scripts of partners' pages may read what is public
COOKIES = "1"  # `?fav=1`, as on the programme's page


def asked_choice(slug: str) -> Choice:
    """Return the part that the address asks for; `?fav=1` means the favourites in the reader's cookie."""
    asked = request.args
    liked = asked.get("fav")
    if liked == COOKIES:
        liked = request.cookies.get(favourites_cookie(slug), "")
    return Choice(
        day=asked.get("day", ""),
        stage=asked.get("stage", ""),
        city=asked.get("city", ""),
        marks=None if liked is None else read_marks(liked),
    )


def _file_place(event: str, extension: str) -> Place | None:
    if request.args.get("fav") == COOKIES:
        return None
    number, language = asked_number(), asked_language()
    shown = find_shown(event, number)
    if shown is None or shown.number is None or not shown.is_public:
        return None
    live = shown.live_revision if number is None else "alone"
    part = (asked_choice(event), request.args.get("by", ""))
    name = name_bytes(extension, FORMATS[extension].edition, shown.sha256, shown.number, live, language, part)
    key = ("file", event, name)
    return Place(key=key, etag=name, cache_control=ALWAYS_ASK if number is None else FOR_EVER)


@blueprint.get(f"/e/<slug:event>/programme.<any({', '.join(map(repr, FORMATS))}):extension>")
@keep(_file_place)
@public
def programme(event: Event, extension: str) -> Body:
    """Serve the current release with its live times, or with `?v=N` that release alone, or a part of it."""
    number, form, choice = asked_number(), FORMATS[extension], asked_choice(event.slug)
    view = get_release(event, number)
    whole = take_snapshot(view, links_of(event.slug), alone=number is not None)
    known = is_known(whole, choice)
    if form.heavy and not known:
        raise NotFound(N_("This file is made of whole days, stages and cities of the programme only."))
    snapshot = narrow(whole, choice, links_of(event.slug, choice))
    data = asked_writer(form)(snapshot, asked_language())
    name = f"{event.slug}-节目单-v{view.number}.{extension}"
    return Body(
        data=data,
        mimetype=form.mimetype,
        headers={"Content-Disposition": content_disposition(name, inline=form.inline), **ANY_PAGE},
        lasting=known,
    )


@blueprint.app_template_global()
def festival_block(view: ReleaseView) -> Markup:
    """Return the programme as a data block that search engines read; a browser does not run it."""
    snapshot = take_snapshot(view, links_of(view.programme.fair.slug), alone=False)
    data = write_jsonld(snapshot, language()).decode().replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(data))  # noqa: S704 - no "<"


def _feed_place(event: str) -> Place | None:
    shown = find_shown(event)
    if shown is None or not shown.is_public:
        return None
    return Place(key=(request.endpoint, event, shown, asked_language()), cache_control=ALWAYS_ASK)


@blueprint.get("/e/<slug:event>/programme/changes.json")
@keep(_feed_place)
@public
def changes_json(event: Event) -> Body:
    """Serve what each of the newest releases changed, for machines."""
    data = write_changes_json(event.slug, list_told(event, limit=NEWEST))
    return Body(data=data, mimetype="application/json", headers=ANY_PAGE)


@blueprint.get("/e/<slug:event>/programme/changes.atom")
@keep(_feed_place)
@public
def changes(event: Event) -> Body:
    """Serve the feed of what each release changed."""
    language = asked_language()
    with force_locale(LOCALES[language]):
        releases = list_releases(event, limit=NEWEST)
        market = event.market_name_zh if language == "zh" else event.market_name_en
        feed = Feed(
            uri=absolute("programme.changes", event=event.slug),
            title=_("%(market)s: programme changes", market=market),
            author=market,
            language=TAGS[language],
            link=absolute("programme.changes", event=event.slug, lang=language),
            itself=absolute("exports.changes", event=event.slug, lang=language),
            at=releases[0].released_at if releases else event.created_at,
        )
        news = [_news(event, release, language) for release in releases]
    return Body(data=write_atom(feed, news), mimetype="application/atom+xml")


def _news(event: Event, release: Release, language: str) -> News:
    page = absolute("programme.version", event=event.slug, number=release.number)
    first = release.number == 1
    told = [] if first else [change_sentence(c, language, event.zone) for c in read_changes(release.changes)]
    return News(
        uri=page,
        title=_("Version %(number)s", number=release.number),
        link=absolute("programme.version", event=event.slug, number=release.number, lang=language),
        at=release.released_at,
        lines=[line for line in (release.note, *told) if line],
    )
