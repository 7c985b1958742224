"""The workspace's media folder: pictures of replies, each under the hash of its own bytes.

A file gets its name only when it is whole and on the disk; the same picture twice is one file. No
name that a person or a file had is ever used.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import Picture, PictureFault, is_media_file
from socialdesk.engine.sending.pictures import ENDINGS, NotAPictureError, cleaned, kind_of

MAX_BYTES: Final = 40_000_000  # of a file that is looked at: no network here takes more


def add_media(folder: Path, source: Path) -> dict[str, Any]:
    """Copies a picture into `folder`: {"file", "mime", "n_bytes"}.

    Raises CommandError PICTURE: why = unreadable, too_large, wrong_type.
    """
    content = _read(source)
    mime = kind_of(content)
    if not mime:
        raise _fault(PictureFault.WRONG_TYPE)
    try:
        content = cleaned(content)
    except NotAPictureError as e:
        raise _fault(PictureFault.UNREADABLE) from e
    name = f"{hashlib.sha256(content).hexdigest()}.{ENDINGS[mime]}"
    _keep(folder, name, content)
    return {"file": name, "mime": mime, "n_bytes": len(content)}


def read_media(folder: Path, picture: Picture) -> bytes:
    """The very bytes that were approved. Raises CommandError PICTURE (missing)."""
    try:
        content = (folder / picture.file).read_bytes() if is_media_file(picture.file) else b""
    except OSError as e:
        raise _fault(PictureFault.MISSING) from e
    if hashlib.sha256(content).hexdigest() != picture.digest:
        raise _fault(PictureFault.MISSING)
    return content


def size_of(folder: Path, picture: Picture) -> int:
    """Bytes of the file. Raises CommandError PICTURE (missing)."""
    try:
        return (folder / picture.file).stat().st_size
    except OSError as e:
        raise _fault(PictureFault.MISSING) from e


def _read(source: Path) -> bytes:
    try:
        if not source.is_file():  # a pipe or a device would never end
            raise _fault(PictureFault.UNREADABLE)
        with source.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as e:
        raise _fault(PictureFault.UNREADABLE) from e
    if len(content) > MAX_BYTES:
        raise _fault(PictureFault.TOO_LARGE, MAX_BYTES)
    return content


def _keep(folder: Path, name: str, content: bytes) -> None:
    target = folder / name
    folder.mkdir(mode=0o700, exist_ok=True)
    if target.exists() and target.stat().st_size == len(content):
        os.utime(target)  # it is wanted anew: the sweep counts from now
        return
    handle, part = tempfile.mkstemp(dir=folder, suffix=".part")  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def _fault(why: PictureFault, limit: int = 0) -> CommandError:
    return CommandError(CommandFault.PICTURE, why=why.value, limit=limit)
