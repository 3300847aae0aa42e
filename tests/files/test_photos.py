"""Pictures are read for good, written anew, and say nothing of their maker."""

import io
import resource
import time

import pytest
from PIL import Image

from eventsite.files.core import Picture, unpack_picture
from eventsite.files.core.photos import SMALL_BYTES, renew
from eventsite.files.errors import Unreadable
from tests.support.uploads import declared_png, noise_jpeg, phone_exif, picture


def renewed(data: bytes) -> Picture:
    return unpack_picture(renew(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_renew_turns_the_picture_upright_and_forgets_where_it_was_taken(form: str) -> None:
    found = renewed(picture((2400, 1200), form=form, exif=phone_exif()))
    assert (found.width, found.height) == (800, 1600)
    for data in (found.large, found.small):
        with Image.open(io.BytesIO(data)) as shown:
            assert shown.format == "JPEG"
            assert not shown.getexif()
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(shown.info)
        assert b"Phone" not in data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_renew_takes_every_kind_of_pixel(mode: str) -> None:
    found = renewed(picture((300, 200), form="PNG", mode=mode))
    assert (found.width, found.height) == (300, 200)


def test_renew_lays_what_is_transparent_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(renewed(out.getvalue()).large)) as shown:
        assert shown.getpixel((25, 25)) == (255, 255, 255)


def test_renew_makes_thumbnails_that_are_light() -> None:
    found = renewed(noise_jpeg(1_000_000))
    assert len(found.small) <= SMALL_BYTES
    with Image.open(io.BytesIO(found.small)) as small:
        assert max(small.size) == 400


def test_renew_refuses_a_bomb_by_what_it_declares() -> None:
    bomb = declared_png(30_000, 30_000)
    assert len(bomb) < 300
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Unreadable) as refused:
        renew(bomb)
    assert "30000 × 30000 pixels" in str(refused.value)
    assert time.monotonic() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # in KB


@pytest.mark.parametrize(
    "data",
    [
        picture()[:-2000],
        picture()[:200],
        picture(form="PNG")[:-100],
        picture(form="WEBP")[:-100],
        b"\xff\xd8\xff\xe0" + b"x" * 500,
        declared_png(400, 400),
    ],
)
def test_renew_refuses_what_is_cut_short(data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        renew(data)


def test_renew_leaves_out_what_hangs_behind_a_picture() -> None:
    found = renewed(picture() + b"PK\x03\x04<script>alert(1)</script>" * 50)
    assert b"script" not in found.large
