"""The style sheet of an event, made from the colours of its record.

A colour that the record leaves out stays the house's own.
"""

from collections.abc import Mapping

from eventsite.kernel.colours import TOKEN, Shades, shades


def theme_css(colors: Mapping[str, str], zones: Mapping[str, str]) -> str:
    """Return the style sheet: `--ev-<token>` on the root, `--z` under `[data-zone]`, the zones' ribbon.

    The values must have passed `faults_of_theme`; one that is no colour raises `ValueError`.
    """
    placed = {code: shades(color) for code, color in zones.items()}
    lines = [":root {"]
    for token, color in colors.items():
        if TOKEN.match(token) is None:
            raise ValueError(f"{token!r} is no colour name")
        lines.extend(_declare(f"ev-{token}", shades(color)))
    if placed:
        lines.append(f"  --ev-ribbon: {_ribbon([shade.base for shade in placed.values()])};")
    lines.append("}")
    for code, shade in placed.items():
        lines.extend(["", f'[data-zone="{_css_string(code)}"] {{', *_declare("z", shade), "}"])
    return "\n".join(lines) + "\n"


def _declare(name: str, shade: Shades) -> list[str]:
    named = ((name, shade.base), (f"{name}-deep", shade.deep), (f"{name}-soft", shade.soft))
    return [f"  --{key}: {color};" for key, color in named]


def _ribbon(colors: list[str]) -> str:
    width = 100 / len(colors)
    stops = [f"{color} {width * i:.4g}% {width * (i + 1):.4g}%" for i, color in enumerate(colors)]
    return f"linear-gradient(90deg, {', '.join(stops)})"


def _css_string(text: str) -> str:
    """Escape all but plain letters, digits, hyphen and underscore, so that a code cannot leave its quotes."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"\\{ord(c):x} " for c in text)
