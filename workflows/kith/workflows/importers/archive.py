"""Opens a zip, a folder or a single file that may be hostile, and hands out its members as bounded byte streams."""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from kith.workflows.records import ImportRefused

MOST_MEMBERS: Final = 10_000
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_BYTES_IN_ALL: Final = 2 * 1024 * 1024 * 1024
MOST_RATIO: Final = 200
SMALL: Final = 1024 * 1024
LONGEST_LINE: Final = 33 * 1024 * 1024
_LARGEST_DIRECTORY: Final = 8 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_DAMAGED: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    struct.error, ValueError, IndexError, OverflowError,
)  # fmt: skip

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the input: its name as given, its size in bytes, and how to open it."""

    name: str
    size: int
    opener: Callable[[], BinaryIO]

    def open(self, advanced: Callable[[int], None] | None = None) -> io.BufferedReader:
        """The bytes, counted as they are read; raises ImportRefused where they are not what the input declares."""
        with _refusing(self.name):
            source = self.opener()
        return _InLargeChunks(_Counted(self, source, advanced), _CHUNK)


@dataclass(frozen=True, slots=True)
class Archive:
    """The input, open for reading: its members and the SHA-256 of its bytes."""

    members: tuple[Member, ...]
    digest: str


@contextmanager
def open_archive(path: str | os.PathLike[str]) -> Generator[Archive]:
    """Opens a zip, a folder or one file; raises ImportRefused for what is damaged, hostile or missing."""
    where = Path(path)
    try:
        if where.is_dir():
            yield _folder(where)
            return
        if not where.is_file():
            raise ImportRefused(f"There is no file or folder at {where}; check the path and try again.")
        with where.open("rb") as file:
            yield _zip(file) if _is_zip(file, where) else _single(where, file)
    except OSError as error:
        raise ImportRefused(f"{where.name} cannot be read ({error.strerror}); check its permissions.") from error


def base_name(name: str) -> str:
    """The last part of a member's name."""
    return name.rsplit("/", 1)[-1]


class _InLargeChunks(io.BufferedReader):
    """Hands out large chunks also to a TextIOWrapper, which asks for small ones."""

    def read1(self, size: int = -1) -> bytes:
        return super().read1(max(size, _CHUNK))


class _Counted(io.RawIOBase):
    """A member's bytes, refused once they are more, or fewer, than declared or a line has no end."""

    def __init__(self, member: Member, source: BinaryIO, advanced: Callable[[int], None] | None) -> None:
        self._member = member
        self._source = source
        self._advanced = advanced
        self._read = 0
        self._line = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        with _refusing(self._member.name):
            chunk = self._source.read(len(buffer))
        self._check(chunk)
        buffer[: len(chunk)] = chunk
        if self._advanced and chunk:
            self._advanced(len(chunk))
        return len(chunk)

    def _check(self, chunk: bytes) -> None:
        self._read += len(chunk)
        if self._read > self._member.size or (not chunk and self._read < self._member.size):
            raise ImportRefused(
                f"{self._member.name} is not as large as the archive says: it is damaged or forged. Download it again."
            )
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._line = len(chunk) - last - 1 + (self._line if last < 0 else 0)
        if self._line > LONGEST_LINE:
            raise ImportRefused(f"{self._member.name} has a line of more than 32 MiB, so it is no LinkedIn file.")

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


@contextmanager
def _refusing(name: str) -> Generator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise ImportRefused(
            f"{name} cannot be unpacked: the archive is damaged or was not downloaded completely. Download it again."
        ) from error


def _is_zip(file: BinaryIO, where: Path) -> bool:
    start = file.read(4)
    file.seek(0)
    if start in (b"PK\x03\x04", b"PK\x05\x06"):
        return True
    if where.suffix.casefold() == ".zip":
        raise ImportRefused(f"{where.name} is not a zip archive; download the export from LinkedIn again.")
    return False


def _single(where: Path, file: BinaryIO) -> Archive:
    size = os.fstat(file.fileno()).st_size
    _check_size(where.name, size)
    return Archive((Member(where.name, size, lambda: where.open("rb")),), _digest(file))


def _digest(file: BinaryIO) -> str:
    digest = sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _folder(where: Path) -> Archive:
    members = tuple(_members_of(where))
    digest = sha256()
    for member in members:
        digest.update(f"{member.name}\0{member.size}\0".encode("utf-8", "surrogateescape"))
        with member.open() as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return Archive(members, digest.hexdigest())


def _members_of(where: Path) -> Iterator[Member]:
    """The CSV files in the folder and in the folders directly in it."""
    found = [path for pattern in ("*", "*/*") for path in where.glob(pattern) if path.suffix.casefold() == ".csv"]
    if len(found) > MOST_MEMBERS:
        raise ImportRefused(f"The folder holds more than {MOST_MEMBERS} files; give the folder of one export.")
    for path in sorted(path for path in found if path.is_file()):
        size = path.stat().st_size
        _check_size(path.name, size)
        yield Member(path.relative_to(where).as_posix(), size, lambda path=path: path.open("rb"))  # type: ignore[misc]


def _zip(file: BinaryIO) -> Archive:
    digest = _digest(file)
    _check_directory(file)
    with _refusing("The zip"):
        file.seek(0)
        archive = zipfile.ZipFile(file)
    infos = archive.infolist()
    _check_members(infos)
    return Archive(tuple(_member(archive, info) for info in infos if not info.is_dir()), digest)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    return Member(info.filename, info.file_size, lambda: archive.open(info))  # type: ignore[arg-type, return-value]


def _check_directory(file: BinaryIO) -> None:
    """Looks at the archive's end record before anything is built from it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise ImportRefused("The zip is damaged or was not downloaded completely; download the export again.")
    if tail.rfind(b"PK\x06\x07", 0, end) == end - 20 and end >= 20:
        raise ImportRefused("The zip is larger than any LinkedIn export; unpack it and give the folder instead.")
    count, length = struct.unpack("<HL", tail[end + 10 : end + 16])
    if count > MOST_MEMBERS or length > _LARGEST_DIRECTORY:
        raise ImportRefused(f"The zip holds more than {MOST_MEMBERS} files, so it is no LinkedIn export.")


def _check_members(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        raise ImportRefused(f"The zip holds more than {MOST_MEMBERS} files, so it is no LinkedIn export.")
    seen: set[str] = set()
    for info in infos:
        _check_name(info, seen)
        _check_kind(info)
        _check_size(info.filename, info.file_size)
        if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise ImportRefused(f"{info.filename} unpacks to over {MOST_RATIO} times its size, so it is not opened.")
    if sum(info.file_size for info in infos) > MOST_BYTES_IN_ALL:
        raise ImportRefused("The zip unpacks to more than 2 GiB, so it is not opened; unpack it and give the folder.")


def _check_name(info: zipfile.ZipInfo, seen: set[str]) -> None:
    name = info.orig_filename
    if name.startswith("/") or "\\" in name or "\0" in name or name[1:2] == ":" or ".." in name.split("/"):
        raise ImportRefused(f"The zip holds a file with a forbidden name ({name!r}), so it is not opened.")
    if name.casefold() in seen:
        raise ImportRefused(f"The zip holds {name!r} twice, so nobody can tell which one counts; download it again.")
    seen.add(name.casefold())


def _check_kind(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise ImportRefused(f"{info.filename} is locked with a password; unpack the zip and give the folder instead.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ImportRefused(f"{info.filename} is a link to another file, so the zip is not opened.")


def _check_size(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise ImportRefused(f"{name} is larger than 256 MiB, so it is no LinkedIn file.")
