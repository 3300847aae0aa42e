"""The bare programs: as little as can honestly do the same work, in the style of a good afternoon's Flask."""
