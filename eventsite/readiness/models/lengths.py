"""How long the columns are that say who did it: the reference in the log, and the name beside it."""

BY, BY_LABEL = 80, 254
