"""A file for its owner alone that is there whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.i18n import tr
from socialdesk.places import private_opener


def write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """`target` stays as it was until all of it is on the disk. Raises CommandError BAD_INPUT."""
    draft = target.with_name(f"{target.name}.part")
    try:
        draft.unlink(missing_ok=True)  # of a run that was killed: maybe with wider rights
        try:
            with open(draft, "xb", opener=private_opener) as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
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
