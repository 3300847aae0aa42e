"""What is to be printed, as plain values: a choice, and which booths it names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventsite.signs.enums import CARDS_A_PAGE, MOST, Paper

BETWEEN = re.compile(r"[\s,，、;；]+")
LONGEST = 4000  # signs of a list of codes


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody wants printed; no codes and no zone mean all of it."""

    paper: Paper = Paper.BOOTH_SIGNS
    zone: str = ""
    codes: tuple[str, ...] = ()
    a_page: int = 4


def read_choice(*, paper: str, zone: str, codes: str, a_page: str) -> Choice:
    """Return the choice of an address; what is not known means the usual."""
    papers = {one.value: one for one in Paper}
    cards = {str(one): one for one in CARDS_A_PAGE}
    return Choice(
        paper=papers.get(paper, Paper.BOOTH_SIGNS),
        zone=zone,
        codes=tuple(dict.fromkeys(code for code in BETWEEN.split(codes[:LONGEST]) if code)),
        a_page=cards.get(a_page, 4),
    )


def unknown_codes(choice: Choice, known: Iterable[str]) -> list[str]:
    """Return the codes of the choice that name nothing there is."""
    there = {code.casefold() for code in known}
    return [code for code in choice.codes if code.casefold() not in there]


def is_chosen(choice: Choice, code: str) -> bool:
    """Tell whether a booth's code is among the chosen ones."""
    return not choice.codes or code.casefold() in {chosen.casefold() for chosen in choice.codes}


def fits_one_pdf(things: Sequence[object]) -> bool:
    """Tell whether there is something to print, and not more than one PDF takes."""
    return 0 < len(things) <= MOST
