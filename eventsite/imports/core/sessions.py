"""session.json of OPass, as COSCUP and SITCON publish it: sessions with words in Chinese and English."""

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.json_text import step
from eventsite.imports.core.objects import Object, text_of
from eventsite.imports.core.raw import Raw
from eventsite.imports.core.texts import clean
from eventsite.imports.core.times import Wrong
from eventsite.imports.core.values import Place, ReadRoom, Where
from eventsite.kernel.words import N_

LANGUAGES = ("zh", "en")


def read_sessions(document: Object, collector: Collector) -> None:
    """Hand the sessions to the collector."""
    names: dict[str, str] = {}
    for room in document.objects("rooms"):
        said = {language: clean(room.object(language).text("name"))[:120] for language in LANGUAGES}
        name = said["zh"] or said["en"] or clean(room.text("id"))[:120]
        names[room.text("id")] = name
        collector.add_room(ReadRoom(name=name, name_zh=said["zh"], name_en=said["en"]))
    speakers = {one.text("id"): _called(one) for one in document.objects("speakers")}
    for place, session in enumerate(document.list("sessions")):
        path = step("$.sessions", place)
        if isinstance(session, dict):
            collector.add(_raw(Object(session, path), names, speakers))
        else:
            collector.fail(Place(Where.PATH, path), Wrong(N_("This is no item.")), key=collector.next_key())


def _called(one: Object) -> str:
    return next((name for language in LANGUAGES if (name := clean(one.object(language).text("name")))), "")


def _raw(session: Object, rooms: dict[str, str], speakers: dict[str, str]) -> Raw:
    titles = {language: session.object(language).text("title") for language in LANGUAGES}
    people = tuple(speakers.get(text_of(one), text_of(one)) for one in session.list("speakers"))
    return Raw(
        place=session.place,
        places=session.places(date="start", end="end", guid="id", title="zh"),
        guid=session.text("id"),
        date=session.text("start"),
        end=session.text("end"),
        room=rooms.get(session.text("room"), session.text("room")),
        title={name: text for name, text in titles.items() if text},
        people=people if "speakers" in session.values else None,
        language=session.text("language"),
    )
