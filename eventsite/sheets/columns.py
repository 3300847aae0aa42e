"""What a table holds: one `Column` serves for writing it and for reading it back."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from eventsite.kernel.openwords import is_open_word


class Kind(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    YES_NO = "yes_no"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name in code, its head, and the shape of its cells.

    `titles` are further heads by which it is known when it is read. `words` show values of a vocabulary;
    `also` are further words for reading, by what they mean. An `open` vocabulary keeps values it does not
    know if they look like one. `note` explains it to who fills it in.
    """

    name: str
    title: str
    titles: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    longest: int = 1000
    least: float = 0
    most: float = 1e9
    note: str = ""

    def is_headed(self, head: str) -> bool:
        """Tell whether a head names this column, in any of its languages and spellings."""
        return plain(head) in {plain(title) for title in (self.name, self.title, *self.titles)}

    def value_of(self, word: str) -> str | None:
        """Return the value that a word of the vocabulary means, `None` for no word of it."""
        meant = {plain(value): value for value in self.words}
        meant |= {plain(said): value for value, said in self.words.items()}
        meant |= {plain(said): value for said, value in self.also.items()}
        return meant.get(plain(word)) or (word if self.open and is_open_word(word) else None)


MARKS = re.compile(r"[\s*＊]+")


def plain(text: str) -> str:
    """Return a head or a word without what people add: width, case, blanks, the star of what must be."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
