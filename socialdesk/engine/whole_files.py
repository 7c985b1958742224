"""A file for its owner alone that is there whole or not at all."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.i18n import tr
from socialdesk.places import private_opener


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """`target` stays as it was until all of it is on the disk, whatever ends this. OSError."""
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)  # of a run that was killed: maybe with wider rights
    try:
        with open(draft, "xb", opener=private_opener) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def whole_text(target: Path, *, for_excel: bool = False) -> Iterator[IO[str]]:
    """As `whole_file`, in UTF-8; line ends stay as they are written."""
    with whole_file(target) as file:
        encoding = "utf-8-sig" if for_excel else "utf-8"
        text = io.TextIOWrapper(file, encoding, newline="")
        yield text
        text.detach()


def write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """As `whole_file`. Raises CommandError BAD_INPUT."""
    try:
        with whole_file(target) as file:
            write(file)
    except OSError as e:
        raise cannot_write(target, e) from e


def check_writable(target: Path) -> None:
    """Before something that cannot be taken back. Raises CommandError BAD_INPUT."""
    draft = target.with_name(f"{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        with open(draft, "xb", opener=private_opener):
            pass
        draft.unlink()
    except OSError as e:
        raise cannot_write(target, e) from e


def cannot_write(target: Path, error: OSError) -> CommandError:
    """Why, as a person is told."""
    what = tr("«{name}» cannot be written: {why}", name=target.name, why=error.strerror or "")
    return CommandError(CommandFault.BAD_INPUT, what=what)
