"""A disk that notes every write, truncation, sync and deletion SQLite makes, through its own VFS.

SQLite's file methods are C function pointers. `install` puts ours in their places: they do what
SQLite asked and note it. Works where Python's sqlite3 uses a shared libsqlite3 (Linux
distributions); `why_not` says so where it does not. For a process of its own: it is never undone.
Sources: sqlite.org/c3ref/vfs.html, sqlite.org/c3ref/io_methods.html.
"""

import ctypes
import ctypes.util
import os
import sqlite3
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

OK: Final = 0


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes that the system has, and the disk perhaps not yet."""

    name: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file became that long."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """A name is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was written to the file before is on the disk."""

    name: str


Act = Wrote | Cut | Deleted | Synced

_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", c_void_p),
        ("truncate", c_void_p), ("sync", c_void_p), ("rest", c_void_p * 13),
    )  # fmt: skip


class _Vfs(ctypes.Structure):
    """sqlite3_vfs as far as it is needed here."""

    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("max_path", c_int), ("next", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p),
    )  # fmt: skip


class _File(ctypes.Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class DiskLog:
    """`acts`: all that happened so far, in order. Anything else may be put between."""

    def __init__(self) -> None:
        self.acts: list[Any] = []
        self._kept: list[Any] = []  # what C holds pointers to
        self._ours: dict[int, _Methods] = {}
        self._real: dict[int, tuple[Any, Any, Any]] = {}
        self._open_names: dict[int, str] = {}

    def install(self) -> None:
        """From now on, for every connection of this process."""
        library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        really_open, really_delete = _Open(vfs.open), _Delete(vfs.delete)

        def opened(vfs: int, path: int, file: int, flags: int, out: int) -> int:
            code = int(really_open(vfs, path, file, flags, out))
            if code == OK and path:
                self._watch(file, ctypes.string_at(path).decode())
            return code

        def deleted(vfs: int, path: bytes, is_synced: int) -> int:
            code = int(really_delete(vfs, path, is_synced))
            if code == OK:
                self.acts.append(Deleted(Path(os.fsdecode(path)).name))
            return code

        vfs.open = self._pointer(_Open(opened))
        vfs.delete = self._pointer(_Delete(deleted))

    def _watch(self, file: int, path: str) -> None:
        """One opened file gets methods that note."""
        held = _File.from_address(file)
        address = ctypes.addressof(held.methods.contents)
        if address not in self._ours:
            self._ours[address] = self._noting(held.methods.contents)
        self._open_names[file] = Path(path).name
        held.methods = ctypes.pointer(self._ours[address])

    def _noting(self, real: _Methods) -> _Methods:
        ours = _Methods.from_buffer_copy(real)
        write, truncate, sync = _Write(real.write), _Truncate(real.truncate), _Sync(real.sync)

        def wrote(file: int, data: int, n: int, at: int) -> int:
            code = int(write(file, data, n, at))
            if code == OK:
                self._note(Wrote(self._open_names[file], at, ctypes.string_at(data, n)))
            return code

        def cut(file: int, size: int) -> int:
            code = int(truncate(file, size))
            if code == OK:
                self._note(Cut(self._open_names[file], size))
            return code

        def synced(file: int, flags: int) -> int:
            code = int(sync(file, flags))
            if code == OK:
                self._note(Synced(self._open_names[file]))
            return code

        ours.write = self._pointer(_Write(wrote))
        ours.truncate = self._pointer(_Truncate(cut))
        ours.sync = self._pointer(_Sync(synced))
        return ours

    def _note(self, act: Act) -> None:
        self.acts.append(act)

    def _pointer(self, function: Callable[..., Any]) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, c_void_p).value  # type: ignore[arg-type]


def why_not() -> str:
    """ "" where writes can be noted."""
    name = ctypes.util.find_library("sqlite3")
    if name is None:
        return "there is no shared libsqlite3"
    version = ctypes.CDLL(name).sqlite3_libversion
    version.restype = c_char_p
    if version().decode() != sqlite3.sqlite_version:
        return "Python's sqlite3 does not use the shared libsqlite3"
    return ""
