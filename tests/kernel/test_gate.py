import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

from eventsite.kernel.gate import Gate


def take_turns(path: str, log: str, name: str, seconds: float) -> None:
    gate, end = Gate(path), time.monotonic() + seconds
    with Path(log).open("a", buffering=1) as out:
        while time.monotonic() < end:
            with gate:
                out.write(f"in {name}\n")
                time.sleep(0.0005)
                out.write(f"out {name}\n")


def hold(path: str) -> None:
    with Gate(path):
        Path(f"{path}.held").touch()
        time.sleep(60)


def test_one_process_at_a_time_and_each_gets_its_share(tmp_path: Path) -> None:
    path, log = str(tmp_path / "db"), tmp_path / "log"
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=take_turns, args=(path, str(log), str(n), 0.6)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    lines = log.read_text().splitlines()
    assert all(came == f"in {went[4:]}" for came, went in zip(lines[::2], lines[1::2], strict=True))
    all_run = max(lines.index(f"in {n}") for n in range(3))
    shares = [lines[all_run : all_run + 300].count(f"in {n}") for n in range(3)]
    assert min(shares) > max(shares) / 2


def test_a_killed_holder_frees_the_gate(tmp_path: Path) -> None:
    path = str(tmp_path / "db")
    holder = multiprocessing.get_context("fork").Process(target=hold, args=(path,))
    holder.start()
    while not Path(f"{path}.held").exists():
        time.sleep(0.01)
    entered = threading.Event()

    def enter() -> None:
        with Gate(path):
            entered.set()

    waiting = threading.Thread(target=enter)
    waiting.start()
    assert not entered.wait(0.1)
    os.kill(holder.pid or 0, signal.SIGKILL)

    assert entered.wait(2)
    waiting.join()
    holder.join()


def test_close_lets_go_of_the_files(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    gate = Gate(str(tmp_path / "db"))
    gate.close()

    assert len(list(Path("/proc/self/fd").iterdir())) == before
