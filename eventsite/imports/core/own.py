"""What our own conference exports put where the formats have no better place, taken back as it was meant."""

from typing import Any

from eventsite.imports.core.texts import HAN

GENERATOR = "eventsite"


def own_fields(
    *,
    title: str,
    subtitle: str,
    abstract: str,
    description: str,
    track: str,
    spoken: str,
    language: str = "",
) -> dict[str, Any]:
    """Return the fields of a `Raw` for an event that `eventsite.exports` wrote.

    The subtitle is the title in the other language, the abstract the notice to visitors, the description the
    delegation. What is `spoken` in a performance is told where it is another language than the file's, which
    its tracks give away.
    """
    chinese = HAN.search(track) or (HAN.search(title) and not HAN.search(subtitle))
    own = language or ("zh" if chinese else "en")
    other = "en" if own == "zh" else "zh"
    return {
        "title": {own: title, other: subtitle or title},
        "notice": {own: abstract},
        "delegation": description,
        "languages": () if spoken in ("", own) else (spoken,),
    }
