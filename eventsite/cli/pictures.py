"""What a demonstration shows: paper-cut hills, water and sun without a person or a place; a page of words."""

import io
from itertools import pairwise
from math import sin

from PIL import Image, ImageDraw

SIZE = (1200, 900)
LAYERS = 5
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)
Colour = tuple[int, int, int]


def paper_cut(sky: Colour, land: Colour, *, water: bool) -> bytes:
    """Return a landscape in layers from the colour of the sky to that of the land, as a PNG."""
    picture = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((820, 110, 1000, 290), fill=_between(sky, (255, 255, 255), 0.6))
    for layer in range(LAYERS):
        share = (layer + 1) / LAYERS
        draw.polygon(
            [*_ridge(layer, water=water), (SIZE[0], SIZE[1]), (0, SIZE[1])], _between(sky, land, share)
        )
    if water:
        for start, end in pairwise(range(60, SIZE[0], 150)):
            draw.arc((start, 800, end, 860), 200, 340, fill=_between(sky, (255, 255, 255), 0.5), width=6)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def paper(words: str) -> bytes:
    """Return a page with a line of ASCII words, as a PDF."""
    drawing = f"BT /F1 16 Tf 60 760 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _ridge(layer: int, *, water: bool) -> list[tuple[int, int]]:
    height = 360 + layer * 110
    swing = 30 if water and layer > 1 else 90
    return [
        (
            x,
            round(
                height + swing * sin(x / (90 + 25 * layer) + layer * 2) + 0.3 * swing * sin(x / 37 + layer)
            ),
        )
        for x in range(0, SIZE[0] + 20, 20)
    ]


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
