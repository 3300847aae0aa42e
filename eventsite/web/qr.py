"""QR codes on pages; `printing.codes` draws them, here as on paper."""

from flask import Response, make_response

from eventsite.printing.codes import Code, Level, draw


def svg_response(text: str) -> Response:
    """Answer with the code as an image; a screen is clean, so that level M will do."""
    response = make_response(draw(Code(text, Level.M)))
    response.mimetype = "image/svg+xml"
    return response
