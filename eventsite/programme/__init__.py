"""The programme: troupes, items on stages, and the numbered releases that everybody else reads."""
