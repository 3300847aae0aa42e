"""From what a form brings to a row with its bytes, and back: nothing half-way stays, nothing named goes."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from eventsite.accounts.core import system
from eventsite.audit.queries import history_of
from eventsite.database import atomic, db
from eventsite.events.models import Event
from eventsite.files.core import Upload
from eventsite.files.enums import FileKind
from eventsite.files.errors import FileGone, NoRoom, Unreadable
from eventsite.files.models import StoredFile
from eventsite.files.operations import forget_file, keep_file, sweep_files
from eventsite.files.queries import find_file, get_file, open_file, read_upload
from eventsite.files.store import check_room, place_of
from eventsite.kernel import clock
from eventsite.kernel.confined import Refused
from eventsite.kernel.errors import DomainError, NotFound
from tests.support.factories import make_event
from tests.support.uploads import declared_png, noise_jpeg, pdf, phone_exif, picture, sent

CLI = system("cli")
both_databases = pytest.mark.both_databases


@pytest.fixture
def home(app: Flask, tmp_path: Path):
    """Open the site with a store of the test."""
    before = app.config["FILES_DIR"]
    app.config["FILES_DIR"] = str(tmp_path / "files")
    with app.app_context():
        yield tmp_path / "files"
    app.config["FILES_DIR"] = before


def laid_down(home: Path) -> list[Path]:
    return sorted(path for path in home.glob("??/*"))


def keep_and_fail(event: Event, upload: Upload) -> None:
    with atomic():
        keep_file(CLI, event, upload)
        raise ZeroDivisionError


def age(path: Path, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


@both_databases
def test_keep_file_makes_a_photo_the_events(home: Path) -> None:
    event, other = make_event(slug="fair-a"), make_event(slug="fair-b")
    upload = read_upload(sent(picture((2000, 1000), exif=phone_exif()), "../糖人.png"), kind=FileKind.PHOTO)
    stored = keep_file(CLI, event, upload)
    assert (stored.name, stored.media_type, stored.width, stored.height) == (
        "糖人.jpg",
        "image/jpeg",
        800,
        1600,
    )
    assert get_file(event, stored.id) is stored
    assert find_file(other, stored.id) is None
    with Image.open(io.BytesIO(open_file(stored, small=True))) as small:
        assert small.size == (200, 400)
    assert {path.stat().st_mode & 0o777 for path in laid_down(home)} == {0o600}
    (entry,) = history_of(event.id, f"stored_file:{stored.id}")
    assert (entry.verb, entry.detail["name"]) == ("keep", "糖人.jpg")


def test_keep_file_keeps_a_pdf_as_it_came(home: Path) -> None:
    event, data = make_event(), pdf(pages=2)
    stored = keep_file(CLI, event, read_upload(sent(data, "许可.PDF"), kind=FileKind.DOCUMENT))
    assert (open_file(stored), stored.name) == (data, "许可.pdf")


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"),
    [
        (b"", "photo.jpg", FileKind.PHOTO, "empty"),
        (b"MZ" + b"\0" * 900, "photo.jpg", FileKind.PHOTO, "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "photo.png", FileKind.PHOTO, "damaged"),
        (declared_png(30_000, 30_000), "photo.png", FileKind.PHOTO, "pixels"),
        (picture()[:-2000], "photo.jpg", FileKind.PHOTO, "damaged"),
        (pdf() + picture(), "licence.pdf", FileKind.DOCUMENT, "something else"),
        (pdf(prepare=lambda w: w.add_attachment("a.exe", b"MZ")), "licence.pdf", FileKind.DOCUMENT, "script"),
    ],
)
def test_read_upload_refuses_with_a_sentence_and_leaves_nothing(
    home: Path, data: bytes, name: str, kind: FileKind, words: str
) -> None:
    with pytest.raises(DomainError) as refused:
        read_upload(sent(data, name), kind=kind)
    assert isinstance(refused.value, Unreadable | Refused)
    assert words in str(refused.value)
    assert laid_down(home) == []


def test_read_upload_takes_a_photo_just_below_20_mb_in_bounded_time(home: Path) -> None:
    data = noise_jpeg(14_000_000)
    assert len(data) <= 20 * 2**20
    began = time.monotonic()
    upload = read_upload(sent(data), kind=FileKind.PHOTO)
    assert time.monotonic() - began < 20
    assert upload.width == 1600


def test_read_upload_reads_no_more_than_it_may(home: Path) -> None:
    file = sent(b"\xff\xd8\xff" + bytes(60 * 2**20))
    with pytest.raises(Unreadable):
        read_upload(file, kind=FileKind.PHOTO)
    assert file.stream.tell() == 20 * 2**20 + 1


@both_databases
def test_act_that_fails_leaves_bytes_without_a_row_and_the_sweep_takes_them(home: Path) -> None:
    event = make_event()
    upload = read_upload(sent(picture()), kind=FileKind.PHOTO)
    with pytest.raises(ZeroDivisionError):
        keep_and_fail(event, upload)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert len(laid_down(home)) == 2
    assert sweep_files(clock.machine_now()) == []
    assert len(sweep_files(clock.machine_now() + timedelta(days=1, minutes=1))) == 2
    assert laid_down(home) == []


def test_sweep_leaves_what_a_row_names_and_what_is_not_ours(home: Path) -> None:
    event = make_event()
    stored = keep_file(CLI, event, read_upload(sent(picture()), kind=FileKind.PHOTO))
    half = home / "ab" / "x.part"
    half.parent.mkdir()
    half.touch()
    note = half.with_name("readme")
    note.touch()
    for path in laid_down(home):
        age(path, 30)
    assert sweep_files(clock.machine_now()) == ["x.part"]
    assert note.exists()
    assert open_file(stored)


def test_file_sent_again_is_touched_and_so_spared(home: Path) -> None:
    make_event()
    read_upload(sent(picture()), kind=FileKind.PHOTO)
    for path in laid_down(home):
        age(path, 30)
    read_upload(sent(picture()), kind=FileKind.PHOTO)
    assert sweep_files(clock.machine_now()) == []
    assert len(laid_down(home)) == 2


def test_forgotten_file_lies_for_another_day(home: Path) -> None:
    event = make_event()
    stored = keep_file(CLI, event, read_upload(sent(picture()), kind=FileKind.PHOTO))
    file_id = stored.id
    for path in laid_down(home):
        age(path, 30)
    forget_file(CLI, stored)
    with pytest.raises(NotFound):
        get_file(event, file_id)
    assert sweep_files(clock.machine_now()) == []
    assert len(sweep_files(clock.machine_now() + timedelta(days=2))) == 2


def test_bytes_that_the_disk_lost_or_changed_are_never_shown(home: Path) -> None:
    event = make_event()
    stored = keep_file(CLI, event, read_upload(sent(picture()), kind=FileKind.PHOTO))
    place_of(home, stored.sha256).write_bytes(b"others")
    with pytest.raises(FileGone, match="damaged"):
        open_file(stored)
    place_of(home, stored.sha256).unlink()
    with pytest.raises(FileGone, match="no longer"):
        open_file(stored)


def test_a_disk_that_is_nearly_full_takes_no_files(tmp_path: Path) -> None:
    check_room(tmp_path / "files", room=1)
    with pytest.raises(NoRoom):
        check_room(tmp_path / "files", room=2**62)
