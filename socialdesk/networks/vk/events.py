"""Events of a community, as its long poll tells them.

Source: dev.vk.com "Community events", VKCOM/vk-api-schema 5.199 (callback_*), the event objects of
vkbottle-types 5.199.99.22; read 2026-11-22.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.values import id_of, text_of
from socialdesk.networks.vk.items import Reader
from socialdesk.networks.vk.places import BOARD, MARKET, PHOTO, VIDEO, WALL, Place, comment_place

Event = Mapping[str, Any]

# kind of thing, then where its owner and its number stand in the event of a comment
_COMMENTED: Final[Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "wall_reply": (WALL, ("post_owner_id", "owner_id"), ("post_id",)),
    "photo_comment": (PHOTO, ("photo_owner_id", "owner_id"), ("photo_id", "pid")),
    "video_comment": (VIDEO, ("video_owner_id", "owner_id"), ("video_id",)),
    "market_comment": (MARKET, ("market_owner_id", "owner_id"), ("item_id", "photo_id")),
    "board_post": (BOARD, ("topic_owner_id", "owner_id"), ("topic_id",)),
}
_CHANGES: Final = ("new", "edit", "restore")
_POSTS: Final = ("wall_post_new", "wall_repost")
_MESSAGES: Final = ("message_new", "message_reply", "message_edit")

HEARD: Final[tuple[str, ...]] = (
    *_POSTS,
    *_MESSAGES,
    *(f"{name}_{change}" for name in _COMMENTED for change in (*_CHANGES, "delete")),
)
"""What is switched on at sign-in."""


def read_event(event: Event, reader: Reader) -> Mention | None:
    """The post, comment or message in it; None for what is none. Raises ValueError and its like
    when it cannot be read."""
    name = text_of(event["type"])
    if name in _POSTS:
        return reader.post(event["object"])
    if name in _MESSAGES:
        return reader.message(written_in(event))
    kind, _, change = name.rpartition("_")
    if kind in _COMMENTED and change in _CHANGES:
        return reader.comment(event["object"], _place(kind, event))
    return None


def gone_in(events: list[Any]) -> Iterator[str]:
    """The uris of comments that were deleted and did not come back later in the same events."""
    gone: dict[str, None] = {}
    for event in events:
        try:
            kind, _, change = text_of(event["type"]).rpartition("_")
            if kind in _COMMENTED:
                uri = _place(kind, event).uri
                _turn(gone, uri, change)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue  # told as a Reject, or it is nothing that can be found
    yield from gone


def _turn(gone: dict[str, None], uri: str, change: str) -> None:
    if change == "delete":
        gone[uri] = None
    else:
        gone.pop(uri, None)


def written_in(event: Event) -> Any:
    """The object with `from_id`: message_new wraps it."""
    held = event["object"]
    return held["message"] if event.get("type") == "message_new" else held


def writers(events: list[Any]) -> list[Any]:
    """What was written, for `items.writers_of`."""
    return [held for event in events if (held := _try(lambda e=event: written_in(e))) is not None]  # type: ignore[misc]


def _try(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (KeyError, TypeError, AttributeError):
        return None


def _place(kind: str, event: Event) -> Place:
    """Where its comment is. The schema says that some events give the community's own number
    without its minus; only what belongs to the community is ever told."""
    held, (thing, owners, numbers) = event["object"], _COMMENTED[kind]
    owner, number = id_of(_first(held, owners)), id_of(_first(held, numbers))
    if owner == str(event.get("group_id")):
        owner = f"-{owner}"
    return comment_place(thing, owner, number, held)


def _first(held: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        if name in held:
            return held[name]
    raise KeyError(names[0])
