"""The cursor of a mail folder: how far it was read."""

import json
from datetime import UTC, datetime

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.imap.mailbox import FolderState


@frozen
class Bookmark:
    """Everything up to `last_uid` was read, as the folder was numbered by `validity`. `since`: how
    far back, while the past is walked through for the first time; None afterwards."""

    validity: int
    last_uid: int
    since: datetime | None = None

    def saved(self) -> Cursor:
        """As text for the file."""
        since = int(self.since.timestamp()) if self.since else None
        return Cursor(json.dumps({"v": self.validity, "u": self.last_uid, "s": since}))

    def is_behind(self, folder: FolderState) -> bool:
        """Whether there may be letters that were not read yet."""
        return folder.validity != self.validity or folder.next_uid > self.last_uid + 1


def bookmark_in(cursor: Cursor | None, folder: FolderState, since: datetime) -> Bookmark:
    """Where to read on. A folder numbered anew (restored, moved to another server) is read again
    from `since`: letters are known by their Message-ID, so none comes twice."""
    mark = read_bookmark(cursor)
    if mark is None or mark.validity != folder.validity:
        return Bookmark(folder.validity, 0, since)
    return mark


def read_bookmark(cursor: Cursor | None) -> Bookmark | None:
    """None for one that is not ours: then all is read again, which harms nobody."""
    try:
        saved = json.loads(cursor or "")
        since = saved["s"]
        return Bookmark(
            int(saved["v"]),
            int(saved["u"]),
            None if since is None else datetime.fromtimestamp(since, UTC),
        )
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        return None
