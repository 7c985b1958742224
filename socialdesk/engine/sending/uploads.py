"""The pictures of a reply or post, on the network before it: whatever goes wrong here,
nothing was posted yet."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from socialdesk.domain.errors import (
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.engine.sending.media import read_media
from socialdesk.networks.base import Connector, TakesPictures

log = logging.getLogger(__name__)

KeepNames = Callable[[tuple[str, ...]], None]
"""Writes what the network called the pictures so far into the file."""


def with_uploads(
    connector: Connector, outgoing: Outgoing, folder: Path, keep: KeepNames
) -> Outgoing | None:
    """The reply with every picture named; None while the network is still reading one.

    What was uploaded by an earlier try is used again while the network knows it. Raises
    ConnectorError, never with `maybe_done`, and CommandError (a file that is not there).
    """
    if not outgoing.pictures:
        return outgoing
    if not isinstance(connector, TakesPictures):
        raise RefusedError(Refusal.OTHER, "this network takes no pictures")
    done: list[Picture] = []
    is_ready = True
    for n, picture in enumerate(outgoing.pictures):
        try:
            name, ready = _named(connector, picture, folder)
        except (UnreachableError, BadAnswerError) as e:
            raise UnreachableError(str(e), maybe_done=False) from e
        done.append(replace(picture, name=name))
        is_ready = is_ready and ready
        if name != picture.name:
            keep(tuple(one.name for one in (*done, *outgoing.pictures[n + 1 :])))
    return replace(outgoing, pictures=tuple(done)) if is_ready else None


def _named(connector: TakesPictures, picture: Picture, folder: Path) -> tuple[str, bool]:
    """What the network calls it, and whether a post may use it now."""
    if picture.name:
        try:
            return picture.name, connector.is_uploaded(picture.name)
        except RefusedError as e:  # kept for some hours only
            log.info("a picture uploaded before is not there any more: %s", e.reason.value)
    return connector.upload(picture, read_media(folder, picture))
