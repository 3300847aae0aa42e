"""Keep the message catalogs: collect the marked strings, fill in translations, compile, and check.

`update` rewrites a catalog only where its messages changed, so a second run changes no file. `compile`
gives each .mo the time of its .po, by which tools/environment.py sees that nothing has to be done.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("zh_Hans_CN", "en")
SOURCE = "en"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}


def main() -> None:
    """Run one of the four commands; `check` ends with status 1 when something is missing or stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="collect the marked strings into every catalog and compile them")
    commands.add_parser("compile", help="compile the catalogs whose text changed")
    commands.add_parser("check", help="fail on stale, missing, fuzzy or wrongly filled entries")
    fill = commands.add_parser("fill", help="take translations from JSON files of {message: translation}")
    fill.add_argument("locale", choices=LOCALES)
    fill.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "update":
        update_all()
        compile_all()
    elif arguments.command == "compile":
        compile_all()
    elif arguments.command == "fill":
        fill_from(arguments.locale, arguments.files)
    else:
        check_all()


def po_path(locale: str) -> Path:
    """Say where a locale's catalog lies."""
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def collect() -> Catalog:
    """Read every marked string of the code, the templates and the scripts."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    template = Catalog(project="eventsite", charset="utf-8")
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for filename, _line, message, comments, context in found:
        template.add(message, locations=[(filename, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return template


def load(locale: str) -> Catalog:
    """Read a locale's catalog, an empty one where there is none yet."""
    if not po_path(locale).exists():
        return Catalog(locale=locale, project="eventsite", charset="utf-8")
    return read_po(io.BytesIO(po_path(locale).read_bytes()), locale=locale)


def renewed(locale: str, template: Catalog) -> Catalog:
    """Give the catalog as it should be: the template's messages with the translations known so far."""
    catalog = load(locale)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    if locale == SOURCE:
        for message in entries(catalog):
            if not translated(message):
                message.string = message.id
    return catalog


def entries(catalog: Catalog) -> Iterator[Message]:
    """Go through a catalog without its header."""
    return (message for message in catalog if message.id)


def text_of(catalog: Catalog) -> bytes:
    """Write a catalog as it lies on disk: sorted, one line a message, no line numbers, no dates that move."""
    catalog.header_comment, catalog.fuzzy = "# Messages of the fair site.", False
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
    moving = (b'"POT-Creation-Date:', b'"PO-Revision-Date:', b'"Last-Translator:', b'"Generated-By:')
    return b"".join(
        line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(moving)
    )


def update_all() -> None:
    """Bring every catalog up to the code and say what is still without a translation."""
    template = collect()
    for locale in LOCALES:
        catalog = renewed(locale, template)
        save(locale, catalog)
        missing = sum(1 for message in entries(catalog) if not translated(message))
        print(f"{locale}: {len(catalog)} messages, {missing} without a translation")


def save(locale: str, catalog: Catalog) -> None:
    """Write a catalog, only when its text changed."""
    path, text = po_path(locale), text_of(catalog)
    if path.exists() and path.read_bytes() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)


def translated(message: Message) -> bool:
    """Tell whether every form of a message has its text."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(forms) and all(forms)


def compile_all() -> None:
    """Compile each catalog whose .mo is not of the same moment."""
    for path in sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po")):
        compiled, moment = path.with_suffix(".mo"), path.stat().st_mtime_ns
        if compiled.exists() and compiled.stat().st_mtime_ns == moment:
            continue
        catalog = read_po(io.BytesIO(path.read_bytes()), locale=path.parent.parent.name)
        buffer = io.BytesIO()
        write_mo(buffer, catalog)
        compiled.write_bytes(buffer.getvalue())
        os.utime(compiled, ns=(moment, moment))


def fill_from(locale: str, files: list[Path]) -> None:
    """Take translations from JSON files into entries that the catalog has; say which it does not have."""
    catalog = load(locale)
    for file in files:
        for identifier, translation in json.loads(file.read_text("utf-8")).items():
            message = next((m for m in entries(catalog) if identifier in flat(m.id)), None)
            if message is None:
                print(f"{file}: not a message of the site: {identifier!r}")
            else:
                message.string = (translation,) if isinstance(message.id, (tuple, list)) else translation
    save(locale, catalog)


def flat(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Give the forms of a message, one or several, as a tuple."""
    return (text,) if isinstance(text, str) else tuple(text)


def check_all() -> None:
    """Name every catalog that is stale and every entry that is missing, fuzzy or wrongly filled."""
    template = collect()
    faults = [fault for locale in LOCALES for fault in faults_of(locale, template)]
    print("\n".join(faults) or "The catalogs are complete.")
    sys.exit(1 if faults else 0)


def faults_of(locale: str, template: Catalog) -> Iterator[str]:
    """Name what is wrong with one catalog."""
    catalog = renewed(locale, template)
    path = po_path(locale)
    if not path.exists() or path.read_bytes() != text_of(catalog):
        yield f"{locale}: the catalog is behind the code; run make catalogs"
    for message in entries(catalog):
        if message.fuzzy:
            yield f"{locale}: fuzzy: {message.id!r}"
        if not translated(message):
            places = ", ".join(name for name, _line in message.locations)
            yield f"{locale}: no translation: {message.id!r} ({places})"
        else:
            yield from (f"{locale}: {error}: {message.id!r}" for error in message.check(catalog))


if __name__ == "__main__":
    main()
