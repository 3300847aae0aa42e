"""Pictures as files: of a page, of a screen of it, of printed paper; in few colours, to be small."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import cast

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PRINTER = shutil.which("pdftoppm")
TALLEST = 2400
PAPER_WIDTH = 900
GAP = 24
COLOURS = 256


def keep_page(page: Page, name: str) -> None:
    """Write what the page shows, down to a height."""
    screen = page.viewport_size
    assert screen is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": screen["width"], "height": min(height, TALLEST)})
    keep_screen(page, name)
    page.set_viewport_size(screen)


def keep_screen(page: Page, name: str) -> None:
    """Write what the screen shows of a page."""
    _write(io.BytesIO(page.screenshot(animations="disabled")), name)


def keep_paper(pdf: bytes, name: str) -> None:
    """Write the first page of a PDF."""
    assert PRINTER is not None
    size = ["-scale-to-x", str(PAPER_WIDTH), "-scale-to-y", "-1"]
    done = subprocess.run(
        [PRINTER, "-png", "-singlefile", *size, "-"], input=pdf, capture_output=True, check=True
    )
    _write(io.BytesIO(done.stdout), name)


def keep_side_by_side(names: tuple[str, ...], name: str, *, width: int, height: int) -> None:
    """Put the upper ends of a few pictures side by side, for the readme."""
    cover = Image.new("RGB", (len(names) * (width + GAP) - GAP, height), "white")
    for place, each in enumerate(names):
        with Image.open(FOLDER / f"{each}.png") as picture:
            cover.paste(picture.convert("RGB").crop((0, 0, width, height)), (place * (width + GAP), 0))
    _few_colours(cover).save(FOLDER / f"{name}.png", optimize=True)


def _write(data: io.BytesIO, name: str) -> None:
    with Image.open(data) as picture:
        _few_colours(picture.convert("RGB")).save(FOLDER / f"{name}.png", optimize=True)


def _few_colours(picture: Image.Image) -> Image.Image:
    """Return the picture in its own commonest colours; the rest, mostly edges of letters, take the next."""
    seen = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [part for _, colour in seen[:COLOURS] for part in cast("tuple[int, int, int]", colour)]
    )
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)
