"""The page of papers, and each paper: of what is expected now, or of the release `?v=N` alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.printing.typesetting import compile_pdf
from eventsite.programme.queries import ReleaseView, current_release, list_releases
from eventsite.runsheets.enums import OF_A_STAGE, PAPER_USES, PAPER_WORDS, TEMPLATES, Paper
from eventsite.runsheets.permissions import RunsheetPermission
from eventsite.runsheets.queries import (
    get_place,
    list_days,
    list_notes,
    list_sections,
    list_sets,
    made_at,
    read_release,
)
from eventsite.runsheets.sheets import RUN_SHEET
from eventsite.runsheets.views_admin import blueprint
from eventsite.runsheets.views_admin.data import mc_order, microphone_plan, run_sheets
from eventsite.runsheets.views_admin.handbook import handbook
from eventsite.runsheets.views_admin.rows import rows_of
from eventsite.web.access import may, requires
from eventsite.web.downloads import download
from eventsite.web.kept import Body, name_bytes, pack, shelf
from eventsite.web.language import pick
from eventsite.web.lists import list_page, render_list, searched

PDF = "application/pdf"
OWN = ", ".join(f"'{paper.value}'" for paper in OF_A_STAGE)
KEPT = "private, no-cache"


def stage_scopes(event: Event, code: str, **_more: object) -> frozenset[str]:
    """Return what the stage of an address lies in, for `@requires`."""
    return frozenset({f"stage:{code}"})


@blueprint.get("")
@requires(RunsheetPermission.SEE_PAPERS)
def papers(event: Event) -> str:
    """Show which papers there are, of the release that is out or of `?v=N`."""
    number, current = _number(), current_release(event)
    view = read_release(event, number) if number is not None else current
    everything = may(RunsheetPermission.SEE_ALL_PAPERS, Thing(event_id=event.id))
    sections = list_sections(view.full) if view else ()
    return render_template(
        "runsheets/papers.html",
        view=view,
        current=current,
        number=number,
        releases=list_releases(event),
        sections=[section for section in sections if _may_print(event, section.place.code)],
        days=list_days(view.full) if view else [],
        everything=everything,
        names={paper: _(words) for paper, words in PAPER_WORDS.items()},
        uses={paper: _(words) for paper, words in PAPER_USES.items()},
        Paper=Paper,
    )


@list_page(blueprint, "/<code:code>/run-sheet")
@requires(RunsheetPermission.SEE_STAGE_PAPERS, scopes=stage_scopes)
def run_sheet(event: Event, code: str) -> Any:
    """List the run sheet of a stage, `?day=` narrows it."""
    view, day = read_release(event, _number()), _day()
    place = get_place(view, code)
    sections = list_sections(view.full, stage=code, day=day)
    items = [item for section in sections for item in section.items]
    notes = list_notes(event, items) if _number() is None else {}
    sets = list_sets(view.full, view.full.items)
    rows = [row for section in sections for row in rows_of(section, sets, notes)]
    return render_list(
        "runsheets/run_sheet.html",
        searched(rows),
        table=RUN_SHEET,
        view=view,
        place=place,
        day=day,
        number=_number(),
        days=sorted({section.day for section in list_sections(view.full, stage=code)}),
    )


@blueprint.get(f"/<code:code>/<any({OWN}):name>.pdf")
@requires(RunsheetPermission.SEE_STAGE_PAPERS, scopes=stage_scopes)
def stage_paper(event: Event, code: str, name: str) -> Response:
    """Print a paper of one stage."""
    view = read_release(event, _number())
    place = get_place(view, code)
    return _paper(event, view, Paper(name), stage=place.code, part=pick(place, "name"))


@blueprint.get(f"/<any({OWN}):name>.pdf")
@requires(RunsheetPermission.SEE_ALL_PAPERS)
def whole_paper(event: Event, name: str) -> Response:
    """Print a paper of all stages."""
    return _paper(event, read_release(event, _number()), Paper(name))


@blueprint.get("/handbook.pdf")
@requires(RunsheetPermission.SEE_PAPERS)
def handbook_paper(event: Event) -> Response | Redirect:
    """Print the handbook; before the first release the page of papers says what to do."""
    if _number() is None and current_release(event) is None:
        return redirect(url_for(".papers", event=event.slug))
    return _paper(event, read_release(event, _number()), Paper.HANDBOOK)


def _paper(
    event: Event, view: ReleaseView, paper: Paper, *, stage: str | None = None, part: str = ""
) -> Response:
    day = _day()
    data = _data(event, view, paper, stage, day)
    etag = name_bytes(TEMPLATES[paper], data)
    if request.if_none_match.contains_weak(etag):
        unchanged = Response(status=304)
        unchanged.set_etag(etag)
        return unchanged
    found = shelf().get(("paper", etag), clock.now())
    if found is None:
        made = compile_pdf(TEMPLATES[paper], data, made=made_at(view))
        found = pack(Body(data=made, mimetype=PDF), KEPT, etag)
        shelf().put(("paper", etag), found)
    parts = (pick(event, "market_name"), _(PAPER_WORDS[paper]), part, day.isoformat() if day else "")
    name = f"{'-'.join(filter(None, parts))}-v{view.number}.pdf"
    answer = download(found.plain.data, name=name, mimetype=PDF, inline=True)
    answer.set_etag(etag)
    answer.headers["Cache-Control"] = KEPT
    return answer


def _data(
    event: Event, view: ReleaseView, paper: Paper, stage: str | None, day: date | None
) -> Mapping[str, Any]:
    if paper is Paper.HANDBOOK:
        return handbook(event, view)
    if paper is Paper.MICROPHONES:
        return microphone_plan(event, view, stage=stage, day=day)
    programme = view.full if paper is Paper.RUN_SHEET else view.programme
    sections = list_sections(programme, stage=stage, day=day)
    if paper is Paper.MC_ORDER:
        return mc_order(event, view, sections)
    return run_sheets(event, view, sections, alone=_number() is not None)


def _number() -> int | None:
    """Return the version that the address asks for; raises `NotFound` for what is no number."""
    asked = request.args.get("v", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise NotFound(N_("There is no such version of this programme."))
    return int(asked)


def _day() -> date | None:
    """Return the day that the address asks for; raises `NotFound` for what is none."""
    asked = request.args.get("day", "")
    if not asked:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise NotFound(N_("There is no such day.")) from error


def _may_print(event: Event, code: str) -> bool:
    scopes = frozenset({f"stage:{code}"})
    return may(RunsheetPermission.SEE_STAGE_PAPERS, Thing(event_id=event.id, scopes=scopes))
