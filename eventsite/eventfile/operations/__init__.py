"""Writing: an event from its file, and an event from another one's plan."""

from eventsite.eventfile.operations.clone import clone_event
from eventsite.eventfile.operations.load import Loaded, load_event

__all__ = ["Loaded", "clone_event", "load_event"]
