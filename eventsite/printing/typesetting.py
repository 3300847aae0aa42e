"""PDF by typst: a template of ours and plain values, set in a child process that can take little.

Values travel as JSON and are read by the template as data; nothing of them is ever typst source. The same
template and values give the same bytes, on any machine: fonts come from our own packages alone.
"""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import datetime
from typing import Any

from eventsite.kernel.confined import Crashed, Overrun, confined
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_
from eventsite.printing.codes import Code

TASK = "eventsite.printing.press:typeset"
SECONDS, MEGABYTES = 30, 2048


class Unprinted(DomainError):
    """The PDF was not made; the sentence says what to do."""


def compile_pdf(template: str, data: Mapping[str, Any], *, made: datetime | None = None) -> bytes:
    """Return the PDF of `templates/print/TEMPLATE.typ` with the data, dataclasses and `Code`s included.

    With `made` it is PDF/A-2a of that instant, for keeping; the template begins with `#show: kept.with(…)`.
    Characters that no font has are drawn as a box with their number. Raises `Unprinted`, or `Busy` where too
    many are at it. Never call it inside `atomic()`.
    """
    asked = {"template": template, "data": data} | ({"made": int(made.timestamp())} if made else {})
    order = json.dumps(asked, ensure_ascii=False, default=_plain)
    try:
        return confined(TASK, order.encode(), seconds=SECONDS, megabytes=MEGABYTES)
    except Overrun as error:
        raise Unprinted(N_("That is too much to print at once. Choose fewer, and print in parts.")) from error
    except Crashed as error:
        raise Unprinted(N_("The PDF could not be made. The site's log says why.")) from error


def _plain(value: Any) -> Any:
    """Return what JSON does not know as what it knows."""
    if isinstance(value, Code):
        return {"code": value.text, "level": value.level.name}
    if is_dataclass(value) and not isinstance(value, type):
        return vars(value)
    raise TypeError(f"{type(value).__name__} is no value for a template")
