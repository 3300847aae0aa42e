"""Pictures are decoded and written anew: what is kept is upright, in sRGB, and says nothing of its maker.

Runs in a child process (`kernel.confined`).
"""

import io

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from eventsite.files.core import Picture, pack_picture
from eventsite.files.errors import Unreadable
from eventsite.kernel.words import N_

MOST_PIXELS, LONGEST_SIDE = 50_000_000, 20_000
SHORTEST_SIDE = 16
LARGE, SMALL = 1600, 400  # the longer side
SMALL_BYTES = 25_000
QUALITY = 82
SMALL_QUALITIES = (78, 68, 58, 48, 38, 28)
FORMATS = ("JPEG", "PNG", "WEBP")
Image.MAX_IMAGE_PIXELS = None  # our own bound is lower, and says so in a sentence
DAMAGED = N_("This picture is damaged or cut short: it cannot be shown.")


def renew(data: bytes) -> bytes:
    """Return the picture packed, in both sizes; raises `Unreadable`."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            return pack_picture(_renew(opened))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable(DAMAGED) from error


def _renew(opened: Image.Image) -> Picture:
    _check_size(*opened.size)
    opened.draft("RGB", (LARGE * 2, LARGE * 2))  # a JPEG is decoded at the scale that is needed
    upright = ImageOps.exif_transpose(_shrunk(opened, LARGE))
    large = _flat(_in_srgb(upright, opened.info.get("icc_profile")))
    width, height = large.size
    return Picture(width=width, height=height, large=_jpeg(large, QUALITY), small=_small(large))


def _check_size(width: int, height: int) -> None:
    """Refuse by what the header declares, before a pixel is decoded."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unreadable(
            N_("This picture has %(width)s × %(height)s pixels; the most is 50 million. Send a smaller one."),
            width=width,
            height=height,
        )
    if min(width, height) < SHORTEST_SIDE:
        raise Unreadable(N_("This picture is too small to be seen."))


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """Return the picture no larger than `side`; palettes and deep greys are brought to plain colours."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    elif image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    scale = min(1.0, side / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Return the picture in the colours that every screen knows; a broken profile is left out."""
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        changed = ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image
    return changed or image


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture on white, with nothing beside its pixels."""
    if image.mode in ("RGBA", "LA", "La", "RGBa"):
        seen = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _small(large: Image.Image) -> bytes:
    """Return the picture for lists, in the best quality that is light enough."""
    small = _flat(_shrunk(large, SMALL))
    written = (_jpeg(small, quality) for quality in SMALL_QUALITIES)
    lightest = b""
    for lightest in written:
        if len(lightest) <= SMALL_BYTES:
            break
    return lightest


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
