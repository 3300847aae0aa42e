"""What a file says, and what it is compared with."""

from eventsite.imports.queries.ground import plan_import, read_ground
from eventsite.imports.queries.reading import read_programme

__all__ = ["plan_import", "read_ground", "read_programme"]
