"""A frozen program with another entry script: the same loader, archive of modules and folder.

The program itself says nothing of its start, and should not learn to for a benchmark.
"""

import marshal
import py_compile
import struct
from pathlib import Path
from typing import Final

import PyInstaller
from PyInstaller.archive.readers import CArchiveReader

from tests.bench.children import ROOT

LOADER: Final = Path(PyInstaller.__file__).parent / "bootloader" / PyInstaller.PLATFORM / "run"
PROBES: Final = ("start_probe", "start_watch")
_ENTRY: Final = """
import sys
sys.path.append({modules!r})
from tests.bench.start_probe import main
sys.exit(main(sys.argv[1]))
"""


def copy_with_entry(program: Path, target: Path) -> None:
    """`program` as `target`, which runs `start_probe.main` in place of its own script. The modules
    of the probe are laid beside it, compiled, for a frozen program compiles none."""
    modules = target.with_name("probe")
    for name in PROBES:
        source = ROOT / "tests" / "bench" / f"{name}.py"
        py_compile.compile(str(source), cfile=str(modules / "tests" / "bench" / f"{name}.pyc"))
    entry = compile(_ENTRY.format(modules=str(modules)), "entry", "exec")
    target.write_bytes(LOADER.read_bytes() + _archive_of(program, marshal.dumps(entry)))
    target.chmod(0o755)


def _archive_of(program: Path, entry: bytes) -> bytes:
    """The archive of a frozen program, with `entry` as the last of its scripts."""
    archive = CArchiveReader(str(program))
    last = [name for name, (*_, kind) in archive.toc.items() if kind == "s"][-1]
    blobs, table = b"", b"".join(_line(name, "o", 0, 0) for name in archive.options)
    for name, (*_, kind) in archive.toc.items():
        blob = entry if name == last else archive.extract(name)
        table += _line(name, kind, len(blobs), len(blob))
        blobs += blob
    whole = len(blobs) + len(table) + struct.calcsize(archive._COOKIE_FORMAT)
    return blobs + table + _cookie(program, archive, whole, len(blobs), len(table))


def _line(name: str, kind: str, start: int, size: int) -> bytes:
    """An entry of the table, uncompressed, on a border of 16 bytes."""
    fixed, written = CArchiveReader._TOC_ENTRY_FORMAT, name.encode() + b"\0"
    room = len(written) + -(struct.calcsize(fixed) + len(written)) % 16
    length = struct.calcsize(fixed) + room
    return struct.pack(f"{fixed}{room}s", length, start, size, size, 0, kind.encode(), written)


def _cookie(program: Path, archive: CArchiveReader, whole: int, start: int, size: int) -> bytes:
    """The program's own cookie with other lengths."""
    written = program.read_bytes()
    place = written.rindex(archive._COOKIE_MAGIC_PATTERN)
    magic, _, _, _, *rest = struct.unpack_from(archive._COOKIE_FORMAT, written, place)
    return struct.pack(archive._COOKIE_FORMAT, magic, whole, start, size, *rest)
