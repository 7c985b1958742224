"""The files of the models: one line of JSON that says what it is, then packed bytes.

`head -1 FILE` shows the header: format, version, what the bytes are, where they come from and
under which licence. `crc32` is that of the unpacked bytes.
"""

import json
import zlib
from pathlib import Path
from typing import Any, Final

VERSION: Final = 1
_MAX_BYTES: Final = 16 << 20  # unpacked; the largest of ours has 1 MB
_MAX_HEADER_BYTES: Final = 16_384


class ModelError(Exception):
    """A model's file is missing, cut, altered, or of another version. `path`: which one."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name}: {why}")
        self.path = path


def write_packed(path: Path, header: dict[str, Any], body: bytes) -> None:
    """Write a model's file. The same header and body always give the same bytes on one machine."""
    full = {**header, "version": VERSION, "n_bytes": len(body), "crc32": zlib.crc32(body)}
    line = json.dumps(full, ensure_ascii=False).encode()
    path.write_bytes(line + b"\n" + zlib.compress(body, 9))


def read_packed(path: Path, kind: str) -> tuple[dict[str, Any], bytes]:
    """Header and unpacked bytes of a file whose `format` is `kind`. Raises ModelError."""
    try:
        with path.open("rb") as file:
            line = file.readline(_MAX_HEADER_BYTES)
            packed = file.read(_MAX_BYTES)
    except OSError as e:
        raise ModelError(path, "cannot be read") from e
    header = _header(path, line)
    if header.get("format") != kind or header.get("version") != VERSION:
        raise ModelError(path, "is of another kind or version")
    return header, _body(path, header, packed)


def _header(path: Path, line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError as e:
        raise ModelError(path, "has no header") from e
    if not isinstance(header, dict):
        raise ModelError(path, "has no header")
    return header


def _body(path: Path, header: dict[str, Any], packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(packed, _MAX_BYTES)
    except zlib.error as e:
        raise ModelError(path, "is damaged") from e
    is_whole = unpacker.eof and len(body) == header.get("n_bytes")
    if not is_whole or zlib.crc32(body) != header.get("crc32"):
        raise ModelError(path, "is damaged")
    return body
