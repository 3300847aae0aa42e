"""Reading objects of JSON leniently: a value of another kind is as good as none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.imports.core.json_text import step
from eventsite.imports.core.values import Place, Where


@dataclass(frozen=True)
class Object:
    """An object of a JSON file with its path."""

    values: Mapping[str, Any]
    path: str = "$"

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return Place(Where.PATH, self.path)

    def place_of(self, name: str) -> Place:
        """Return where one of its values stands."""
        return Place(Where.PATH, step(self.path, name))

    def places(self, **fields: str) -> dict[str, Place]:
        """Return the places of those of the fields that it has, by another name."""
        return {field: self.place_of(name) for field, name in fields.items() if name in self.values}

    def text(self, name: str) -> str:
        """Return a value as text; empty where it is none."""
        return text_of(self.values.get(name))

    def words(self, name: str) -> dict[str, str]:
        """Return a text by language; one without languages stands under the empty name."""
        value = self.values.get(name)
        if isinstance(value, dict):
            return {str(key).lower()[:2]: text_of(inner) for key, inner in value.items() if text_of(inner)}
        return {"": text_of(value)} if text_of(value) else {}

    def object(self, name: str) -> "Object":
        """Return an object in it, an empty one for none."""
        value = self.values.get(name)
        return Object(value if isinstance(value, dict) else {}, step(self.path, name))

    def list(self, name: str) -> Sequence[Any]:
        """Return a list in it, an empty one for none."""
        value = self.values.get(name)
        return value if isinstance(value, list) else ()

    def objects(self, name: str) -> Iterator["Object"]:
        """Yield the objects of a list in it."""
        path = step(self.path, name)
        for place, value in enumerate(self.list(name)):
            if isinstance(value, dict):
                yield Object(value, step(path, place))

    def number(self, name: str) -> int:
        """Return a whole number that is not negative; 0 for none."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return 0
        return int(value) if 0 <= value <= 1_000_000 else 0


def text_of(value: Any) -> str:
    """Return text, and a number as text; anything else is as good as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""
