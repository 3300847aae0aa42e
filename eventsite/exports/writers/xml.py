"""XML of our own making: what XML 1.0 cannot hold is left out of texts."""

import re
from xml.etree import ElementTree as ET

UNHELD = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: ET.Element, tag: str, text: str, **named: str) -> ET.Element:
    """Add an element with a text."""
    element = ET.SubElement(parent, tag, attributes(**named) if named else {})
    element.text = held(text)
    return element


def attributes(**named: str) -> dict[str, str]:
    """Return attributes as XML can hold them."""
    return {name: held(value) for name, value in named.items()}


def held(text: str) -> str:
    """Return a text as XML can hold it."""
    return text if text.isprintable() else UNHELD.sub("", text)


def finished(root: ET.Element) -> bytes:
    """Return the document."""
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
