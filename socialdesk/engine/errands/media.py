"""Pictures of replies, taken and shown small. On a thread of the engine's errands: what decodes
them is the picture child."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from socialdesk.domain.replies.picture import is_media_file
from socialdesk.engine.commands.answering import AddMedia, MakeThumbnail
from socialdesk.engine.kit import Kit
from socialdesk.engine.sending.media import add_media
from socialdesk.engine.sending.small_pictures import (
    bytes_of,
    fitted,
    is_passing,
    remove_passing,
    thumbnail,
)
from socialdesk.store import commands
from socialdesk.store.outbox.outbox_pictures import folder_of


class MediaErrands:
    """`work`: what does which command."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {
            AddMedia: self._add,
            MakeThumbnail: self._make_thumbnail,
        }

    def _add(self, command: AddMedia, command_id: str) -> dict[str, Any]:
        """Remembered before a passing picture goes: who asks again could not be given it any
        more."""
        source, folder = Path(command.path).expanduser(), self._kit.readers.here(folder_of)
        n_before = bytes_of(source)
        try:
            with fitted(source, command.max_bytes) as smaller:
                answer = {**add_media(folder, smaller or source), "n_before": n_before}
            self._kit.writer.submit(
                lambda tx: commands.remember(tx, command_id, 0, answer)
            ).result()
            return answer
        finally:
            if is_passing(source):
                remove_passing(source)

    def _make_thumbnail(self, command: MakeThumbnail, _: str) -> dict[str, Any]:
        made = b""
        if is_media_file(command.file):
            made = thumbnail(self._kit.readers.here(folder_of) / command.file, command.side)
        return {"png": b64encode(made).decode("ascii")}
