"""ZIP files are judged by their directory, before anything is unpacked."""

import io
import tracemalloc
import zipfile

import pytest

from eventsite.kernel.archives import BadArchive, check_zip


def zipped(**contents: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_check_zip_names_what_is_in_it() -> None:
    assert check_zip(zipped(a=b"1", b=b"2"), entries=2, megabytes=1) == ["a", "b"]


def test_check_zip_refuses_a_bomb_without_unpacking_it() -> None:
    bomb = zipped(a=b"\0" * (40 * 2**20))
    assert len(bomb) < 50_000
    tracemalloc.start()
    with pytest.raises(BadArchive, match="unpack"):
        check_zip(bomb, entries=10, megabytes=20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_check_zip_refuses_too_many_entries() -> None:
    with pytest.raises(BadArchive, match="unpack"):
        check_zip(zipped(**{str(n): b"" for n in range(11)}), entries=10, megabytes=1)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", zipped(a=b"1")[:-5]], ids=["nothing", "a head alone", "cut off"]
)  # names, since a zip holds the time at which it was made
def test_check_zip_refuses_what_is_broken(data: bytes) -> None:
    with pytest.raises(BadArchive, match="damaged"):
        check_zip(data, entries=10, megabytes=1)
