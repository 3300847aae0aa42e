"""A PDF as it comes out of a printer at 150 dpi: what a reader finds on its pages, and their fonts."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PACKAGES = {
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "zbarimg": "zbar-tools",
}


def codes_on(pdf: bytes, *, dpi: int = 150) -> list[list[str]]:
    """Return what zbarimg reads from each page, in order of the texts."""
    need("pdftoppm", "zbarimg")
    with tempfile.TemporaryDirectory() as place:
        paper = Path(place, "paper.pdf")
        paper.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", paper, Path(place, "page")], check=True)
        return [_scan(page) for page in sorted(Path(place).glob("page*.pgm"))]


def words_on(pdf: bytes) -> str:
    """Return the text of all pages."""
    need("pdftotext")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def fonts_in(pdf: bytes) -> list[list[str]]:
    """Return the lines of pdffonts, split at blanks."""
    need("pdffonts")
    done = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    return [line.split() for line in done.stdout.decode().splitlines()[2:]]


def need(*programs: str) -> None:
    """Skip the test by name where a program is missing."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: {PACKAGES.get(program, 'poppler-utils')})")


def _scan(page: Path) -> list[str]:
    found = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", page],
        capture_output=True,
        text=True,
        check=False,  # 4: nothing found, which the test will say better
    )
    return sorted(found.stdout.split())
