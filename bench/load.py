"""Load: keep-alive connections that ask as fast as they are answered, by wrk or by a client of our own."""

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from bench.figures import Miscounted, Run

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("load.lua")
TIMEOUT = 10


def client_name() -> str:
    """Return which client makes the load here; it is the same for both sides of a ratio."""
    return "wrk" if shutil.which("wrk") else "the bundled asyncio client"


def fire(port: int, requests: Sequence[bytes], *, seconds: int, again: bool) -> Run:
    """Send the requests for so long, over and over with `again`, else once each; count what came back.

    Raises `Miscounted` where they did not last or connections broke.
    """
    by = _by_wrk if shutil.which("wrk") else _by_ourselves
    return by(port, requests, seconds, again)


def _by_wrk(port: int, requests: Sequence[bytes], seconds: int, again: bool) -> Run:
    with tempfile.NamedTemporaryFile() as file:
        file.writelines(b"%d\n%s" % (len(request), request) for request in requests)
        file.flush()
        options = [
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            f"--timeout={TIMEOUT}s",
            "--latency",
            "-s",
            str(SCRIPT),
        ]
        told = subprocess.run(
            ["wrk", "-t1", *options, f"http://127.0.0.1:{port}"],
            env=os.environ | {"REQUESTS": file.name, "CYCLE": "1" if again else "0"},
            check=True,
            capture_output=True,
            text=True,
            timeout=seconds + 60,
        ).stdout
    figures = json.loads(next(line for line in told.splitlines() if line.startswith("FIGURES"))[8:])
    if figures["broken"]:
        raise Miscounted(f"{figures['broken']} connections broke or timed out")
    answers = figures["requests"] - figures["refused"]
    if not again and answers > len(requests) - CONNECTIONS:
        raise Miscounted("the requests ran out")
    return Run(answers=answers, errors=figures["refused"], seconds=figures["seconds"], p99=figures["p99"])


def _by_ourselves(port: int, requests: Sequence[bytes], seconds: int, again: bool) -> Run:
    waiting = cycle(requests) if again else iter(requests)
    return asyncio.run(_crowd(port, waiting, seconds))


async def _crowd(port: int, waiting: Iterator[bytes], seconds: int) -> Run:
    began = time.perf_counter()
    crowd = [_one(port, waiting, began + seconds) for _ in range(CONNECTIONS)]
    told = [answer for answers in await asyncio.gather(*crowd) for answer in answers]
    took = sorted(wait for good, wait in told if good)
    return Run(
        answers=len(took),
        errors=len(told) - len(took),
        seconds=time.perf_counter() - began,
        p99=took[len(took) * 99 // 100],
    )


async def _one(port: int, waiting: Iterator[bytes], end: float) -> list[tuple[bool, float]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    while (began := time.perf_counter()) < end:
        request = next(waiting, None)
        if request is None:
            raise Miscounted("the requests ran out")
        writer.write(request)
        status = await asyncio.wait_for(_answer(reader), TIMEOUT)
        answers.append((status < 400, time.perf_counter() - began))
    writer.close()
    return answers


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, found, length = head.partition(b"content-length:")
    if found:
        await reader.readexactly(int(length.split(b"\r\n", 1)[0]))
    return int(head.split(b" ", 2)[1])
