"""Open words of an event file, such as categories and kinds: those without a label are kept as they are."""

import re

_OPEN_WORD = re.compile(r"[a-z_]{1,40}")


def is_open_word(text: str) -> bool:
    """Tell whether the text is a word of 1 to 40 small letters and underscores."""
    return _OPEN_WORD.fullmatch(text) is not None
