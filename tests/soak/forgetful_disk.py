"""A disk that forgets at a power cut what was not flushed: a small FUSE file system, in a process of its own.

It speaks the kernel's protocol (linux/fuse.h) on /dev/fuse itself, and needs root, no library. It has one
folder and no subfolders. Names last at once; the bytes of a file last from its latest fsync on.
"""

import ctypes
import errno
import multiprocessing
import os
import select
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

DEVICE = Path("/dev/fuse")
HEADER, ANSWER = struct.Struct("<IIQQIIII"), struct.Struct("<IiQ")
ATTRIBUTES, ENTRY = struct.Struct("<QQQQQQIIIIIIIIII"), struct.Struct("<QQQQII")
SIZE_CHANGES = 1 << 3
LARGEST_WRITE = 1 << 17
DETACH = 2
ROOT = 1
libc = ctypes.CDLL(None, use_errno=True)


def why_not() -> str:
    """Return why there can be no such disk here, nothing where there can."""
    if not DEVICE.exists():
        return "no /dev/fuse: the forgetful disk cannot be mounted"
    if os.geteuid() != 0:
        return "not root: the forgetful disk cannot be mounted"
    return ""


class Request(NamedTuple):
    """What the kernel asks."""

    code: int
    node: int
    body: bytes

    def name(self, start: int = 0) -> str:
        """Return the name that begins at a place of the body."""
        return self.body[start:].split(b"\0", 1)[0].decode()


class File:
    """A file with what stands in it now, and what would after a power cut."""

    def __init__(self) -> None:
        self.now, self.lasting, self.changes = bytearray(), bytearray(), list[tuple[int, bytes | None]]()

    def write(self, start: int, content: bytes) -> None:
        """Put bytes at a place; they do not last yet."""
        _put(self.now, start, content)
        self.changes.append((start, content))

    def resize(self, size: int) -> None:
        """Cut or lengthen; that does not last yet either."""
        _resize(self.now, size)
        self.changes.append((size, None))

    def flush(self) -> None:
        """Make everything last."""
        for place, content in self.changes:
            if content is None:
                _resize(self.lasting, place)
            else:
                _put(self.lasting, place, content)
        self.changes.clear()


class Disk:
    """The file system: answers requests, byte for byte as the kernel's protocol wants them."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.files: dict[int, File] = {}
        self._answers: dict[int, Callable[[Request], bytes]] = {
            1: self.look_up,
            3: self.attributes,
            4: self.change,
            10: self.remove,
            14: self.open,
            15: self.read,
            16: self.write,
            17: self.space,
            20: self.flush,
            26: self.begin,
            27: self.open,
            28: self.entries,
            35: self.create,
        }
        self._silent, self._fine = {2, 36, 42}, {18, 25, 29, 30, 34, 38}

    def answer(self, request: Request) -> bytes | int | None:
        """Return the answer's bytes, an error number, or nothing for what wants none."""
        if request.code in self._silent:
            return None
        if request.code in self._fine:
            return b""
        if request.code not in self._answers:
            return errno.ENOSYS
        try:
            return self._answers[request.code](request)
        except KeyError:
            return errno.ENOENT

    def begin(self, request: Request) -> bytes:
        """Agree on version 7.31, writes of 128 KiB, nothing special."""
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, 0, 0, 16, 12, LARGEST_WRITE, 1, 32, 0, 0)

    def look_up(self, request: Request) -> bytes:
        """Find a name."""
        return self._entry(self.names[request.name()])

    def create(self, request: Request) -> bytes:
        """Make a file and open it."""
        node = self.names.setdefault(request.name(16), max(self.files, default=ROOT) + 1)
        self.files.setdefault(node, File())
        return self._entry(node) + struct.pack("<QII", 0, 0, 0)

    def open(self, request: Request) -> bytes:
        """Open without a handle: requests name the node."""
        return struct.pack("<QII", 0, 0, 0)

    def read(self, request: Request) -> bytes:
        """Return what stands in the file now."""
        start, size = struct.unpack_from("<8xQI", request.body)
        return bytes(self.files[request.node].now[start : start + size])

    def write(self, request: Request) -> bytes:
        """Take bytes."""
        start, size = struct.unpack_from("<8xQI", request.body)
        self.files[request.node].write(start, request.body[40 : 40 + size])
        return struct.pack("<II", size, 0)

    def change(self, request: Request) -> bytes:
        """Change the size; modes and times are not kept."""
        which, size = struct.unpack_from("<I12xQ", request.body)
        if which & SIZE_CHANGES:
            self.files[request.node].resize(size)
        return self.attributes(request)

    def flush(self, request: Request) -> bytes:
        """Make the file last."""
        self.files[request.node].flush()
        return b""

    def remove(self, request: Request) -> bytes:
        """Forget a name; who has the file open keeps it."""
        del self.names[request.name()]
        return b""

    def attributes(self, request: Request) -> bytes:
        """Return size and mode."""
        return struct.pack("<QII", 0, 0, 0) + self._attributes(request.node)

    def space(self, request: Request) -> bytes:
        """Claim a gigabyte."""
        return struct.pack("<QQQQQIII28x", 1 << 18, 1 << 18, 1 << 18, 1 << 10, 1 << 10, 4096, 255, 4096)

    def entries(self, request: Request) -> bytes:
        """List nothing: SQLite asks for names only."""
        return b""

    def _entry(self, node: int) -> bytes:
        return ENTRY.pack(node, 0, 0, 0, 0, 0) + self._attributes(node)

    def _attributes(self, node: int) -> bytes:
        size = 0 if node == ROOT else len(self.files[node].now)
        mode = stat.S_IFDIR | 0o755 if node == ROOT else stat.S_IFREG | 0o644
        return ATTRIBUTES.pack(node, size, size // 512 + 1, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)


class ForgetfulDisk:
    """The disk, mounted at a folder until it is closed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        device = os.open(DEVICE, os.O_RDWR)
        options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
        if libc.mount(b"forgetful", os.fsencode(folder), b"fuse", 0, options) != 0:
            raise OSError(ctypes.get_errno(), "the forgetful disk could not be mounted")
        context = multiprocessing.get_context("fork")
        self._line, theirs = context.Pipe()
        self._server = context.Process(target=_serve, args=(device, theirs))
        self._server.start()
        os.close(device)

    def cut_power(self, into: Path) -> None:
        """Leave in a folder what the disk still holds after a power cut at this instant."""
        into.mkdir()
        self._line.send(str(into))
        self._line.recv()

    def close(self) -> None:
        """Take the disk away."""
        libc.umount2(os.fsencode(self.folder), DETACH)
        self._server.kill()
        self._server.join()


def _serve(device: int, line: Any) -> None:
    disk = Disk()
    poll = select.poll()
    poll.register(device, select.POLLIN)
    poll.register(line.fileno(), select.POLLIN)
    while True:
        for ready, _ in poll.poll():
            if ready == device:
                _answer_one(device, disk)
            else:
                _leave(disk, Path(line.recv()))
                line.send("done")


def _answer_one(device: int, disk: Disk) -> None:
    raw = os.read(device, LARGEST_WRITE + 4096)
    _, code, unique, node, *_ = HEADER.unpack_from(raw)
    answer = disk.answer(Request(code, node, raw[HEADER.size :]))
    if isinstance(answer, int):
        os.write(device, ANSWER.pack(ANSWER.size, -answer, unique))
    elif answer is not None:
        os.write(device, ANSWER.pack(ANSWER.size + len(answer), 0, unique) + answer)


def _leave(disk: Disk, folder: Path) -> None:
    for name, node in disk.names.items():
        if not name.endswith("-shm"):  # shared memory in the guise of a file
            (folder / name).write_bytes(disk.files[node].lasting)


def _put(into: bytearray, start: int, content: bytes) -> None:
    if len(into) < start:
        into.extend(bytes(start - len(into)))
    into[start : start + len(content)] = content


def _resize(into: bytearray, size: int) -> None:
    if size < len(into):
        del into[size:]
    else:
        into.extend(bytes(size - len(into)))
