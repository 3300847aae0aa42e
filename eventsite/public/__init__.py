"""Pages that join several features for visitors: the events, an event's home, the passport."""
