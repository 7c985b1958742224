"""The pictures of a reply as its row keeps them, and where their files lie.

`attachments` is fixed with the words and bound to their approval; `media` fills as the network
takes them, so that no retry uploads one twice.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import packed_pictures, unpacked_pictures
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

FOLDER: Final = "media"  # beside the workspace file


def packed(pictures: tuple[Picture, ...]) -> str:
    """The column `attachments`; "" for none."""
    if not pictures:
        return ""
    return json.dumps([list(one) for one in packed_pictures(pictures)], ensure_ascii=False,
                      separators=(",", ":"))  # fmt: skip


def unpacked(attachments: str, media: str) -> tuple[Picture, ...]:
    """Of both columns; () for a damaged text, which the row's hash then tells."""
    pictures = unpacked_pictures(_read(attachments))
    names = _read(media)
    named = [str(name) for name in names] + [""] * len(pictures)
    return tuple(replace(one, name=name) for one, name in zip(pictures, named, strict=False))


def keep_names(tx: "Transaction", outbox_id: int, names: tuple[str, ...]) -> None:
    """What the network called the pictures uploaded so far. No decision: no journal entry."""
    text = json.dumps(list(names), separators=(",", ":")) if any(names) else ""
    tx.conn.execute("UPDATE outbox SET media = ? WHERE id = ?", (text, outbox_id))


def folder_of(conn: Connection) -> Path:
    """Where the pictures of the file behind `conn` lie."""
    database = conn.execute("PRAGMA database_list").fetchone()[2]
    return Path(database).parent / FOLDER


def _read(text: str) -> list[object]:
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return []
    return found if isinstance(found, list) else []
