"""How far a feed has been read: the cursor of a feed's watch."""

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor


@frozen
class Bookmark:
    """`feed`: the short name of what all this is about, address and brand words, because an
    address may be a secret and cursors lie in the open. `etag`, `modified`: verbatim. `sha256`: of
    the last whole document. `wish_s`: the pause it asked for. `after_at`, `after_uri`: the last
    mention taken of a document that is too long for one page; `seen_at`: when its undated entries
    count as seen."""

    feed: str = ""
    etag: str = ""
    modified: str = ""
    sha256: str = ""
    wish_s: int = 0
    after_at: str = ""
    after_uri: str = ""
    seen_at: str = ""

    def saved(self) -> Cursor:
        """As text; the same bookmark always gives the same text."""
        filled = {key: value for key, value in asdict(self).items() if value}
        return Cursor(json.dumps(filled, separators=(",", ":")))

    def conditions(self) -> dict[str, str]:
        """The headers that ask for news only."""
        if self.after_uri:
            return {}
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


def read_bookmark(cursor: Cursor | None, about: str) -> Bookmark:
    """What `cursor` says; empty when that is about something else, and for a damaged cursor."""
    try:
        mark = Bookmark(**json.loads(cursor or "{}"))
        texts = (mark.etag, mark.modified, mark.sha256, mark.after_at, mark.after_uri)
        is_sound = all(isinstance(text, str) for text in texts) and isinstance(mark.wish_s, int)
        if mark.seen_at:
            datetime.fromisoformat(mark.seen_at)
    except (ValueError, TypeError):
        return Bookmark(feed=short_name(about))
    return mark if is_sound and mark.feed == short_name(about) else Bookmark(feed=short_name(about))


def short_name(text: str) -> str:
    """The same for the same text; nobody can read the text from it."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def as_text(time: datetime) -> str:
    """UTC, sorting as time does."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")
