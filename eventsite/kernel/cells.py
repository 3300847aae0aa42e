"""Cells that no spreadsheet runs: text that looks like a formula gets a `'` in front."""

BLANKS = " \u3000\u00a0"
FORMULA_STARTS = "=+-@＝＋－＠\t\r\n"


def safe_cell(text: str) -> str:
    """Prefix `'` to text that a spreadsheet would run as a formula, leading blanks included."""
    begins = text.lstrip(BLANKS)[:1]
    return f"'{text}" if begins and begins in FORMULA_STARTS else text


def plain_cell(text: str) -> str:
    """Take the prefix of `safe_cell` off again, so that our own tables come back as they were."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text
