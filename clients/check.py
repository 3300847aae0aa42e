"""Let other people's programs read what a site exports, and compare what they understood.

`check.py FOLDER ADDRESS`: the address is that of the event's pages, the folder takes its files. A check whose
program or schema is not at hand says so by name; what was understood wrongly ends with status 1.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import extruct
import feedparser
from agree import differences
from schedule_convert.importers.frab_xml import FrabXmlImporter

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "shared/data/third-party/schemas"
FIRST = date(2025, 9, 1)
ENDINGS = ("ics", "xml", "json", "v2.json", "xlsx", "csv", "pdf")
RARE = "䶮㛃𬭎"
PAIR = """
[general]
status_path = "{folder}/status"
[pair fair]
a = "site"
b = "disk"
collections = null
[storage site]
type = "http"
url = "{address}/programme.ics"
[storage disk]
type = "filesystem"
path = "{folder}/items"
fileext = ".ics"
"""


class Absent(Exception):
    """What a check needs is not on this machine."""


class Fault(Exception):
    """A reader understood something wrongly."""


class Site:
    """The exported files of an event, and its pages."""

    def __init__(self, folder: Path, address: str) -> None:
        """Take the files that readers open from a folder."""
        self.folder, self.address = folder, address
        for ending in ENDINGS:
            self.file(ending).write_bytes(self.page(f"/programme.{ending}"))

    def file(self, ending: str) -> Path:
        """Return an exported file."""
        return self.folder / f"programme.{ending}"

    def page(self, path: str) -> bytes:
        """Return what the site answers."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=60) as answer:  # noqa: S310 - our own site
            found: bytes = answer.read()
        return found


def calendar(site: Site) -> str:
    """Let five readers tell one calendar, one of them over HTTP and one from a folder of events."""
    file = str(site.file("ics"))
    readers = {"icalendar": [sys.executable, "read_icalendar.py", file]}
    if shutil.which("node") and (HERE / "node_modules").exists():
        readers |= {
            "ical.js": ["node", "read_ical_js.mjs", file],
            "node-ical": ["node", "read_node_ical.mjs", file],
        }
    items = subscribe(site)
    readers["vdirsyncer"] = [sys.executable, "read_icalendar.py", str(items)]
    readers["khal"] = [sys.executable, "read_khal.py", str(items), FIRST.isoformat()]
    readings = {name: json.loads(run(*command)) for name, command in readers.items()}
    for event in readings["vdirsyncer"]:
        del event["uid"]  # it names items that come over HTTP itself
    tell(differences(readings, "url"))
    states = {event["status"] for event in readings["icalendar"]}
    if states != {"CONFIRMED", "CANCELLED"}:
        raise Fault(f"the states are {states}")
    without = "" if "ical.js" in readings else "; ical.js and node-ical not asked: Node is not at hand"
    return f"{', '.join(readings)} agree on {len(readings['icalendar'])} events{without}"


def subscribe(site: Site) -> Path:
    """Take the calendar over HTTP with vdirsyncer, twice; return the folder of its events."""
    items = site.folder / "items"
    items.mkdir()
    config = site.folder / "vdirsyncer"
    config.write_text(PAIR.format(folder=site.folder, address=site.address))
    run("vdirsyncer", "-c", str(config), "discover", "fair")
    run("vdirsyncer", "-c", str(config), "sync")
    before = {file.name: file.stat().st_mtime_ns for file in items.iterdir()}
    run("vdirsyncer", "-c", str(config), "sync")
    if {file.name: file.stat().st_mtime_ns for file in items.iterdir()} != before:
        raise Fault("vdirsyncer saw changes where there were none")
    return items


def xsd(site: Site) -> str:
    """Hold schedule.xml to the published XSD."""
    run(
        needed("xmllint"),
        "--noout",
        "--nonet",
        "--schema",
        str(schema("schedule.xml.xsd")),
        str(site.file("xml")),
    )
    return "xmllint finds schedule.xml valid"


def convert(site: Site) -> str:
    """Let schedule-convert read schedule.xml; it must find what the calendar says takes place."""
    with site.file("xml").open(encoding="utf-8") as file:
        schedule = FrabXmlImporter().parse(file)
    schedule.prepare()
    titles = {str(event.guid): event.title for event in schedule.events}
    told = json.loads(run(sys.executable, "read_icalendar.py", str(site.file("ics"))))
    known = {event["uid"]: event["summary"] for event in told if event["status"] != "CANCELLED"}
    if titles != known:
        raise Fault(f"schedule-convert read {titles}, the calendar has {known}")
    return f"schedule-convert reads the {len(titles)} items that take place"


def schemas(site: Site) -> str:
    """Hold both schedule.json to their published schemas."""
    for ending, name in (("json", "schema.json"), ("v2.json", "schema2.json")):
        run("check-jsonschema", "--schemafile", str(schema(name)), str(site.file(ending)))
    return "check-jsonschema finds both schedule.json valid"


def libreoffice(site: Site) -> str:
    """Open the workbook and the CSV in LibreOffice."""
    office = needed("soffice", "libreoffice-calc")
    out = site.folder / "office"
    home = f"-env:UserInstallation=file://{site.folder}/profile"
    for ending in ("xlsx", "csv"):
        order = ["--infilter=CSV:44,34,76,1"] if ending == "csv" else []
        target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
        folder = ["--outdir", str(out / ending), str(site.file(ending))]
        run(office, home, "--headless", *order, "--convert-to", target, *folder)
    return compare_tables(site, "LibreOffice", out / "xlsx/programme.csv", out / "csv/programme.csv")


def gnumeric(site: Site) -> str:
    """Open the workbook and the CSV in Gnumeric."""
    program, out = needed("ssconvert", "gnumeric"), site.folder
    for ending in ("xlsx", "csv"):
        run(program, str(site.file(ending)), str(out / f"gnumeric-{ending}.csv"))
    return compare_tables(site, "Gnumeric", out / "gnumeric-xlsx.csv", out / "gnumeric-csv.csv")


def compare_tables(site: Site, reader: str, workbook: Path, table: Path) -> str:
    """Compare what a spreadsheet made of both files with the items of the schedule; no formula was run."""
    known = {
        event["guid"]: event["title"]
        for event in json.loads(site.file("v2.json").read_text())["schedule"]["events"]
    }
    for file in (workbook, table):
        head, *rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
        place, name = head.index("唯一标识"), head.index("节目（中文）")
        found = {row[place]: row[name].removeprefix("'").replace("\n", " ") for row in rows}
        if found != known:
            raise Fault(f"{reader} read {found} in {file.name}, the schedule has {known}")
        if not all(row[0][:4] == "2025" for row in rows):
            raise Fault(f"{reader} lost the dates in {file.name}")
    return f"{reader} reads {len(known)} items in XLSX and CSV, and runs none"


def poppler(site: Site) -> str:
    """Look into the printed programme with poppler: fonts embedded, every title there as text."""
    fonts = run(needed("pdffonts", "poppler-utils"), str(site.file("pdf"))).splitlines()[2:]
    loose = [line for line in fonts if line.split()[-5:-2] != ["yes", "yes", "yes"]]
    if loose or not fonts:
        raise Fault(f"fonts that are not embedded, cut down or told in Unicode: {loose or 'none at all'}")
    text = "".join(run(needed("pdftotext", "poppler-utils"), str(site.file("pdf")), "-").split())
    events = json.loads(site.file("v2.json").read_text())["schedule"]["events"]
    missing = [event["title"] for event in events if "".join(event["title"].split()) not in text]
    if missing or RARE not in text:
        raise Fault(f"not in the PDF as text: {missing or RARE}")
    return f"poppler finds {len(fonts)} embedded fonts and {len(events)} titles, {RARE} too"


def jsonld(site: Site) -> str:
    """Find the fair on the programme's page with extruct."""
    (festival,) = extruct.extract(site.page("/programme").decode(), syntaxes=["json-ld"])["json-ld"]
    alone = json.loads(site.page("/programme.jsonld"))
    if (festival["@type"], festival) != ("Festival", alone):
        raise Fault("the page's block is not what the file says")
    return f"extruct finds a Festival with {len(festival['subEvent'])} events on the page"


def feed(site: Site) -> str:
    """Read the feed of changes with feedparser."""
    found = feedparser.parse(site.page("/programme/changes.atom"))
    told = json.loads(site.page("/programme/changes.json"))["releases"]
    if found.bozo or len(found.entries) != len(told):
        raise Fault(
            f"feedparser read {len(found.entries)} entries of {len(told)}: {found.get('bozo_exception')}"
        )
    return f"feedparser reads {len(found.entries)} releases"


CHECKS: tuple[Callable[[Site], str], ...] = (
    calendar,
    xsd,
    convert,
    schemas,
    libreoffice,
    gnumeric,
    poppler,
    jsonld,
    feed,
)


def run(*command: str) -> str:
    """Return what a program prints; what it says of a failure is a fault."""
    result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=300, check=False)
    if result.returncode:
        raise Fault(f"{command[0]}: {(result.stderr or result.stdout).strip()[-2000:]}")
    return result.stdout


def needed(program: str, package: str = "libxml2-utils") -> str:
    """Return a program of the system; raises `Absent`."""
    found = shutil.which(program)
    if found is None:
        raise Absent(f"{program} ({package}) is not installed")
    return found


def schema(name: str) -> Path:
    """Return a published schema; raises `Absent`."""
    if not (SCHEMAS / name).exists():
        raise Absent(f"the published {name} is not at hand ({SCHEMAS})")
    return SCHEMAS / name


def tell(faults: Iterator[str]) -> None:
    """Raise a fault for what there is to tell."""
    if told := "\n".join(faults):
        raise Fault(told)


def main() -> None:
    """Run all checks and print a line for each."""
    site, failed = Site(Path(sys.argv[1]), sys.argv[2]), []
    for check in CHECKS:
        try:
            print(f"{check.__name__:<12}{check(site)}.", flush=True)
        except Absent as reason:
            print(f"{check.__name__:<12}NOT RUN: {reason}.", flush=True)
        except Fault as reason:
            print(f"{check.__name__:<12}FAILED: {reason}", flush=True)
            failed.append(check.__name__)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
