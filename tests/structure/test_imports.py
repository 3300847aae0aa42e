"""Who may import whom: the table of docs/architecture.md as data, checked on every module."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "eventsite"

FEATURE_ORDER: tuple[tuple[str, ...], ...] = (
    ("signing", "sealing"),
    ("audit", "accounts"),
    ("events",),
    ("files",),
    ("market", "programme", "checkin"),
    ("giveaways", "workshops", "draws", "helpdesk"),
    ("applications", "showcase", "scheduling", "stagedesk"),
    ("placement",),
    ("readiness",),
    ("signs",),
    ("agreements",),
    ("exports", "eventfile", "redeem"),
    ("imports", "partners", "troupes", "runsheets"),
)
TOP_ORDER = ("public", "admin", "backups", "jobs", "cli")
CRAFTS = ("printing", "sheets")  # plain values in, files out and back; they know no feature
CLOSED: dict[str, tuple[tuple[str, ...], str]] = {
    "database": ((), "the database knows no feature"),
    "web": (("database", "accounts", "extensions", *CRAFTS), "of features the edge knows accounts alone"),
    **dict.fromkeys(CRAFTS, ((), "a craft knows no feature")),
}
BESIDE = (  # rooms that features use from a level up
    (CRAFTS, 3, "pure modules know no library"),
    (("database", "extensions"), 2, "pure modules know no database"),
    (("web",), 4, "only forms and views use the edge"),
)
LEVELS = {
    "enums": 1,
    "errors": 1,
    "core": 1,
    "data": 1,
    "models": 2,
    "queries": 3,
    "operations": 3,
    "permissions": 4,
    "forms": 5,
    "sheets": 5,
    "views_admin": 5,
    "views_public": 5,
}
RANK = {name: rank for rank, names in enumerate(FEATURE_ORDER) for name in names}
ANYWHERE = {("audit", "operations"), ("audit", "queries")}  # the log is written and read from all features
ROOMS_OF_THEIR_OWN = {
    ("files", "store"): 3,  # bytes on the disk
    ("accounts", "signin"): 5,  # the library's hooks and views
    ("eventfile", "mapping"): 3,
    ("eventfile", "activity"): 3,
    ("placement", "solving"): 3,  # the solver's library, asked by the job process
    ("scheduling", "solving"): 3,
    ("exports", "writers"): 3,  # plain values in, bytes out
    ("exports", "formats"): 3,  # the registry, which bundles go through
    ("exports", "links"): 4,
    ("exports", "asked"): 4,
    ("exports", "sentences"): 5,
    ("partners", "sending"): 3,  # the network
}
LIBRARIES_OF_CORES = {
    "eventsite.eventfile.core.schema": {"jsonschema"},  # the published schema is checked as it is
    "eventsite.files.core.photos": {"PIL"},  # they run in a child process of small means
    "eventsite.files.core.documents": {"pypdf"},
    "eventsite.sealing.core": {"cryptography"},  # AES-GCM
    "eventsite.signing.core": {"cryptography"},  # nobody writes signatures by hand
}


@dataclass(frozen=True)
class Module:
    """A module's place: which room it is in, and how high."""

    name: str

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")[1:]

    @property
    def room(self) -> str:
        return self.parts[0] if self.parts else ""

    @property
    def file(self) -> str:
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def level(self) -> int:
        if (self.room, self.file) in ROOMS_OF_THEIR_OWN:
            return ROOMS_OF_THEIR_OWN[self.room, self.file]
        return LEVELS.get(self.file, 1 if self.file == "" else 5)


def test_modules_import_only_what_stands_below_them() -> None:
    assert sorted(faults()) == []


def test_the_check_catches_a_core_that_reads_the_database() -> None:
    core = Module("eventsite.market.core")
    assert fault(core, "sqlalchemy") is not None
    assert fault(core, "eventsite.market.models") is not None
    assert fault(core, "eventsite.kernel.ranges") is None


def test_the_check_catches_siblings_and_upward_imports() -> None:
    views = Module("eventsite.market.views_public")
    assert fault(views, "eventsite.programme.queries") is not None
    assert fault(Module("eventsite.events.operations"), "eventsite.market.models") is not None
    assert fault(Module("eventsite.web.forms"), "eventsite.events.queries") is not None
    assert fault(Module("eventsite.kernel.clock"), "flask") is not None
    assert fault(views, "eventsite.events.queries") is None


def test_every_room_has_a_place_in_the_order() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms - set(RANK) - set(TOP_ORDER) == {"kernel", "database", "web", *CRAFTS}


def test_files_of_features_carry_names_from_the_list() -> None:
    allowed = set(LEVELS) | {"__init__"}
    odd = sorted(
        f"{room}/{path.stem}"
        for room in RANK
        for path in (PACKAGE / room).iterdir()
        if path.name != "__pycache__"
        and path.stem not in allowed
        and (room, path.stem) not in ROOMS_OF_THEIR_OWN
    )
    assert odd == []


def test_clock_and_chance_are_asked_in_their_own_modules_alone() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "clock.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date")
    ]
    assert found == []


def faults() -> Iterator[str]:
    """Yield every import that the table forbids."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = Module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        if module.room in ("", "application", "features", "extensions", "server"):
            continue
        for name in imports_of(path):
            if (why := fault(module, name)) is not None:
                yield f"{module.name} imports {name}: {why}"


def imports_of(path: Path) -> Iterator[str]:
    """Yield the full names that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if is_module(whole) else node.module


def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module of ours."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def fault(module: Module, name: str) -> str | None:
    """Return why the module may not import the name, `None` where it may."""
    if not name.startswith("eventsite"):
        return outside(module, name)
    other = Module(name)
    if other.room == "kernel":
        return None
    if module.room == "kernel":
        return "the kernel imports itself and the standard library"
    if module.room in TOP_ORDER:
        return from_the_top(module, other)
    if other.room in (*TOP_ORDER, "features", "application", "server"):
        return "that is above all features"
    return from_room(module, other)


def outside(module: Module, name: str) -> str | None:
    """Return why a pure module may not import a library."""
    pure = module.room == "kernel" or (module.level == 1 and module.room in RANK)
    library = name.split(".", maxsplit=1)[0]
    if library in LIBRARIES_OF_CORES.get(module.name, ()):
        return None
    if pure and library not in sys.stdlib_module_names:
        return "pure modules import the standard library"
    return None


def from_the_top(module: Module, other: Module) -> str | None:
    """The rooms on top see everything below them."""
    if other.room in TOP_ORDER and TOP_ORDER.index(other.room) > TOP_ORDER.index(module.room):
        return "that room is above"
    return None


def from_room(module: Module, other: Module) -> str | None:
    """Return why a feature, the database or the edge may not import another room."""
    if module.room in CLOSED:
        known, why = CLOSED[module.room]
        return None if other.room in (module.room, *known) else why
    for rooms, level, why in BESIDE:
        if other.room in rooms:
            return None if module.level >= level else why
    return from_feature(module, other)


def from_feature(module: Module, other: Module) -> str | None:
    """Return why a feature may not import a feature."""
    if other.room == module.room:
        return None if other.level <= module.level else "that layer of the feature is above this one"
    if (other.room, other.file) in ANYWHERE and module.level >= 3:
        return None
    if RANK[other.room] >= RANK[module.room]:
        return "that feature is not below this one"
    if module.level == 1:
        return "pure modules know no other feature"
    if other.level > 3 and not (other.level == 4 and module.level >= 4):
        return "only queries and operations of features below"
    return None
