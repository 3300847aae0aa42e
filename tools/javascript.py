"""See a script as code alone: comments, strings and patterns blanked, so that a search finds only syntax."""

import re

BEFORE_PATTERN = "(,=:[!&|?{};+-*%~^<>"
WORDS_BEFORE_PATTERN = {
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "await",
    "yield",
    "else",
}
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<pattern>/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def code_of(source: str) -> str:
    """Return the script with the same length and lines, its comments, strings, texts and patterns blanked."""
    out: list[str] = []
    at, depths = 0, [0]
    while at < len(source):
        if source[at] == "`" or (source[at] == "}" and len(depths) > 1 and depths[-1] == 0):
            if source[at] == "}":
                depths.pop()
            end, opens = _text_end(source, at + 1)
            out.append(blank(source[at:end]))
            if opens:
                depths.append(0)
            at = end
            continue
        kind, text = _token_at(source, at)
        if kind == "pattern" and not _pattern_may_follow("".join(out[-40:])):
            kind, text = "other", source[at]
        depths[-1] += {"{": 1, "}": -1}.get(text, 0)
        out.append(text if kind == "other" else blank(text))
        at += len(text)
    return "".join(out)


def texts_of(source: str) -> list[tuple[int, str]]:
    """Return each template literal's own text, with its offset; the parts in `${…}` are left out."""
    code = code_of(source)
    return [
        (found.start(), source[found.start() : found.end()])
        for found in re.finditer(r"[`}](?:[^`$]|\$(?!\{))*", source)
        if not code[found.start() : found.end()].strip()
    ]


def _token_at(source: str, at: int) -> tuple[str, str]:
    """Read the token at an offset: its kind and its text."""
    token = TOKEN.match(source, at)
    return (token.lastgroup or "other", token[0]) if token else ("other", source[at])


def _text_end(source: str, at: int) -> tuple[int, bool]:
    """Find where a template literal's text stops: after its back quote, or after `${`, which opens code."""
    while at < len(source):
        if source[at] == "\\":
            at += 2
        elif source[at] == "`":
            return at + 1, False
        elif source.startswith("${", at):
            return at + 2, True
        else:
            at += 1
    return at, False


def blank(text: str) -> str:
    """Replace every sign but line ends with a space."""
    return re.sub(r"[^\n]", " ", text)


def _pattern_may_follow(before: str) -> bool:
    """Tell whether a slash after this code starts a pattern rather than a division."""
    before = before.rstrip()
    if not before or before[-1] in BEFORE_PATTERN:
        return True
    word = re.search(r"[A-Za-z_$][\w$]*$", before)
    return word is not None and word[0] in WORDS_BEFORE_PATTERN
