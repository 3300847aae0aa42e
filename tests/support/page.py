"""A page as a reader meets it: parsed, checked, with its forms ready to be filled in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib

PROOFS = (
    "csrf_token",
    "proof",
)  # ends the name of what a posting form carries: the session's token, or the pass's
SILENT = {"hidden", "submit", "button", "image", "reset"}


@dataclass(frozen=True)
class Form:
    """A form with the values it shows."""

    action: str
    method: str
    fields: dict[str, list[str]]


@dataclass(frozen=True)
class Page:
    """A parsed page."""

    path: str
    root: Element
    errors: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the text of `<title>`."""
        return " ".join(text_of(element) for element in self.all("title") if not _in_drawing(element))

    @property
    def headings(self) -> list[str]:
        """Return the texts of all `<h1>` as they are read aloud."""
        return [spoken(element) for element in self.all("h1")]

    @property
    def text(self) -> str:
        """Return what the page says, blanks drawn together."""
        (body,) = self.all("body")
        return text_of(body)

    @property
    def links(self) -> list[str]:
        """Return where its links lead."""
        return [urljoin(self.path, href) for link in self.all("a") if (href := link.get("href"))]

    @property
    def forms(self) -> list[Form]:
        """Return its forms."""
        return [_form(self.path, element) for element in self.all("form")]

    def form(self, action: str = "") -> Form:
        """Return the one posting form whose action ends so."""
        found = [form for form in self.forms if form.method == "post" and form.action.endswith(action)]
        assert len(found) == 1, f"{len(found)} forms post to …{action!r}: {[form.action for form in found]}"
        return found[0]

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements with this tag and these attributes (`class_` is a word of the class)."""
        return [element for element in self.root.iter(tag) if _fits(element, attributes)]


def read_page(html: str, path: str = "/") -> Page:
    """Parse a page without judging it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    errors = [f"line {place[0]}: {code} {told or ''}".strip() for place, code, told in parser.errors]
    return Page(path=path, root=root, errors=errors)


def check_page(html: str, path: str = "/") -> Page:
    """Parse a page and fail with everything that is wrong with it."""
    page = read_page(html, path)
    faults = list(_faults(page))
    assert not faults, f"{path}:\n  " + "\n  ".join(faults)
    return page


def text_of(element: Element) -> str:
    """Return the text inside an element, blanks drawn together."""
    return " ".join("".join(element.itertext()).split())


def spoken(element: Element) -> str:
    """Return the text inside an element without what is hidden from readers."""
    return " ".join("".join(_spoken_parts(element)).split())


def _spoken_parts(element: Element) -> Iterator[str]:
    if element.get("aria-hidden") == "true":
        return
    yield element.text or ""
    for inner in element:
        yield from _spoken_parts(inner)
        yield inner.tail or ""


def _faults(page: Page) -> Iterator[str]:
    yield from page.errors
    (html,) = page.all("html")
    if not html.get("lang"):
        yield "the page does not say its language"
    if len(page.headings) != 1:
        yield f"{len(page.headings)} h1 instead of one: {page.headings}"
    elif page.headings[0] not in page.title:
        yield f"the title {page.title!r} does not name the h1 {page.headings[0]!r}"
    yield from _id_faults(page)
    yield from _label_faults(page)
    yield from _proof_faults(page)


def _id_faults(page: Page) -> Iterator[str]:
    ids = [element.get("id") for element in page.root.iter() if element.get("id")]
    for one in sorted({str(one) for one in ids if ids.count(one) > 1}):
        yield f"the id {one!r} stands {ids.count(one)} times"


def _label_faults(page: Page) -> Iterator[str]:
    named = {label.get("for") for label in page.all("label")}
    wrapped = {id(inner) for label in page.all("label") for inner in label.iter()}
    for element in _controls(page.root):
        if element.get("type") in SILENT or element.get("aria-label") or element.get("aria-labelledby"):
            continue
        if element.get("id") not in named and id(element) not in wrapped:
            yield f"<{element.tag} name={element.get('name')!r}> has no label"


def _proof_faults(page: Page) -> Iterator[str]:
    for form in page.forms:
        if form.method == "post" and not any(name.endswith(PROOFS) for name in form.fields):
            yield f"the form to {form.action!r} carries no token"


def _form(path: str, element: Element) -> Form:
    fields: dict[str, list[str]] = {}
    for control in _controls(element):
        if (name := control.get("name")) and control.get("disabled") is None:
            fields.setdefault(name, []).extend(_values(control))
    method = (element.get("method") or "get").lower()
    return Form(action=urljoin(path, element.get("action") or path), method=method, fields=fields)


def _controls(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if element.tag in ("input", "select", "textarea"))


def _values(control: Element) -> list[str]:
    kind = control.get("type", "text")
    if control.tag == "textarea":
        return ["".join(control.itertext()).removeprefix("\n")]
    if control.tag == "select":
        return _chosen(control)
    if kind in ("submit", "button", "image", "reset", "file"):
        return []
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [control.get("value", "")]


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", text_of(option)) for option in chosen]


def _fits(element: Element, attributes: dict[str, Any]) -> bool:
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    if (word := wanted.pop("class", None)) and word not in element.get("class", "").split():
        return False
    return all(element.get(name) == value for name, value in wanted.items())


def _in_drawing(title: Element) -> bool:
    return str(title.tag).startswith("{")
