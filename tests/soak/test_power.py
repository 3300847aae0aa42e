"""Cut the power under load: SQLite keeps every acknowledged act with synchronous=FULL, not with NORMAL."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventsite.audit.queries import verify_log
from eventsite.database import close, perform
from tests.soak.forgetful_disk import ForgetfulDisk, why_not
from tests.support.crowd import Toil, Victim
from tests.support.stall import Stamp, make_stall, make_tables

pytestmark = [pytest.mark.soak, pytest.mark.skipif(bool(why_not()), reason=why_not())]
forgetful = threading.local()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[ForgetfulDisk]:
    mounted = ForgetfulDisk(tmp_path / "disk")
    yield mounted
    mounted.close()


def stamp(job: int, acknowledge: Callable[[], None]) -> None:
    perform(Stamp(job, 1))
    acknowledge()


def stamp_forgetfully(path: str) -> Toil:
    """Return the broken twin of `stamp`: it commits without waiting for the disk."""

    def work(job: int, acknowledge: Callable[[], None]) -> None:
        if not hasattr(forgetful, "cx"):
            forgetful.cx = sqlite3.connect(path, isolation_level=None, timeout=10)
            forgetful.cx.execute("PRAGMA synchronous=normal")
        forgetful.cx.execute("INSERT INTO stamp VALUES (?, 1)", (job,))
        acknowledge()

    return work


def noted_and_kept(disk: ForgetfulDisk, left: Path, work: Toil) -> tuple[set[int], set[int]]:
    """Load a stall on the disk, cut the power, and return what was acknowledged and what is still there."""
    url = f"sqlite:///{disk.folder}/site.db"
    app = make_stall(url)
    make_tables(app)
    close(app)
    noted = Victim(url, work, left.with_suffix(".notes")).kill(after=300)
    disk.cut_power(left)
    cx = sqlite3.connect(left / "site.db")
    kept = {job for (job,) in cx.execute("SELECT pass_id FROM stamp")}
    assert cx.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    cx.close()
    return noted, kept


@pytest.mark.parametrize("cut", range(3))
def test_no_acknowledged_act_is_lost_when_the_power_goes(
    disk: ForgetfulDisk, tmp_path: Path, cut: int
) -> None:
    noted, kept = noted_and_kept(disk, tmp_path / "left", stamp)

    assert len(noted) >= 300
    assert noted - kept == set()
    app = make_stall(f"sqlite:///{tmp_path}/left/site.db")
    with app.app_context():
        assert verify_log().sound
    close(app)


def test_the_check_catches_commits_that_do_not_wait_for_the_disk(disk: ForgetfulDisk, tmp_path: Path) -> None:
    noted, kept = noted_and_kept(disk, tmp_path / "left", stamp_forgetfully(f"{disk.folder}/site.db"))

    assert noted - kept
