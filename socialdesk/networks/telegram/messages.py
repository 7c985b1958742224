"""What the Bot API says of a message, as a mention of ours.

Source: core.telegram.org/bots/api, objects Update, Message, MessageEntity, Chat and User, Bot API
10.3, read 2026-11-22.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment, Author, Kind, Mention, Visibility
from socialdesk.networks.values import id_of, text_of, text_or, unix_time

WEB: Final = "https://t.me"
UPDATES: Final = ("message", "edited_message", "channel_post", "edited_channel_post")
_SHARED_IDS: Final = frozenset({"supergroup", "channel"})  # one id for all who read there
ALBUM: Final = "album"  # ours, never Telegram's: the other messages of an album
_MEDIA: Final = {
    "photo": "image",
    "animation": "video",
    "audio": "audio",
    "document": "file",
    "paid_media": "file",
    "sticker": "image",
    "story": "video",
    "video": "video",
    "video_note": "video",
    "voice": "audio",
    "contact": "contact",
    "location": "place",
    "game": "link",
    "dice": "image",
    "poll": "poll",
}  # fmt: skip


@frozen
class Bot:
    """Who we are. `id`: digits; `name`: without @; `channel`: the id of the brand's, or ""."""

    id: str
    name: str
    channel: str = ""


@frozen
class Place:
    """Where a message is; `remote_id` is chat:message, and :thread in a forum's topic."""

    chat: str
    message: str
    thread: str = ""

    @property
    def remote_id(self) -> str:
        return ":".join(filter(None, (self.chat, self.message, self.thread)))

    @staticmethod
    def of(remote_id: str) -> "Place":
        """Raises ValueError for what is none."""
        chat, message, *thread = remote_id.split(":")
        int(message)
        return Place(chat, message, thread[0] if thread else "")


def read_update(update: Mapping[str, Any], bot: Bot) -> Mention | None:
    """The message in it; None for what nobody wrote (joins, pins, calls). Raises ValueError and
    its like when it cannot be read."""
    for name in UPDATES:
        if name in update:
            return read_message(update[name], bot)
    if not isinstance(update["update_id"], int):
        raise TypeError("an update without a number")
    return None


def with_albums(updates: list[Any]) -> list[Any]:
    """Pictures sent together come as a message each: they are one, the one that has the words.
    A further one with words of its own stays by itself, and so does what cannot be read."""
    albums: dict[tuple[str, str], list[int]] = {}
    for n, update in enumerate(updates):
        if key := _album_of(update):
            albums.setdefault(key, []).append(n)
    folded, dropped = list(updates), set()
    for members in albums.values():
        first = next((n for n in members if "caption" in updates[n]["message"]), members[0])
        rest = [n for n in members if n != first and "caption" not in updates[n]["message"]]
        others = [updates[n]["message"] for n in rest]
        folded[first] = {**updates[first], "message": {**updates[first]["message"], ALBUM: others}}
        dropped.update(rest)
    return [update for n, update in enumerate(folded) if n not in dropped]


def _album_of(update: Any) -> tuple[str, str] | None:
    message = update.get("message") if isinstance(update, dict) else None
    group = message.get("media_group_id") if isinstance(message, dict) else None
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(group, str) or not isinstance(chat, dict):
        return None
    return str(chat.get("id")), group


def read_message(item: Mapping[str, Any], bot: Bot) -> Mention | None:
    """One message as it is now."""
    chat = item["chat"]
    place = Place(id_of(chat["id"]), id_of(item["message_id"]), _topic(item))
    if not _is_written(item):
        return None
    above = _above(item)
    author = read_author(item)
    return Mention(
        uri=uri_of(place, chat, bot),
        remote_id=place.remote_id,
        author=author,
        body=_body(item),
        published_at=unix_time(item["date"]),
        kind=_kind(item, bot),
        is_own=_is_own(item, author, bot),
        url=link_of(place, chat, author, bot),
        parent_uri=_uri_in(chat, above.get("message_id"), bot),
        root_uri=_root(item, bot),
        visibility=_visibility(chat),
        edited_at=_edited_at(item),
        attachments=tuple(_attachments(item, place, chat)),
    )


def read_author(item: Mapping[str, Any]) -> Author:
    """Who speaks: a chat, when an anonymous admin or a channel does. Nobody need have a
    username."""
    chat = item.get("sender_chat") or (item["chat"] if "from" not in item else None)
    who = chat or item["from"]
    username = text_or(who.get("username"))
    name = who_is(who)
    return Author(
        remote_id=id_of(who["id"]),
        handle=username or name,
        name=name,
        url=f"{WEB}/{username}" if username else "",
        is_bot=chat is None and who.get("is_bot") is True,
    )


def who_is(who: Mapping[str, Any]) -> str:
    """The shown name of a user or a chat."""
    if "title" in who:
        return text_of(who["title"])
    parts = (text_or(who.get("first_name")), text_or(who.get("last_name")))
    return " ".join(filter(None, parts)) or text_or(who.get("username"))


def uri_of(place: Place, chat: Mapping[str, Any], bot: Bot) -> str:
    """Lasting and unique: numbers in private chats and small groups are each bot's own."""
    whose = "" if chat.get("type") in _SHARED_IDS else f"{bot.id}/"
    return f"tg:{whose}{place.chat}/{place.message}"


def link_of(place: Place, chat: Mapping[str, Any], author: Author, bot: Bot) -> str:
    """Where a person reads it. A chat with a bot only its writer sees: then who they are."""
    if chat.get("type") == "private":
        return author.url or f"{WEB}/{bot.name}"
    return _public_link(place, chat) or f"https://web.telegram.org/a/#{place.chat}"


def is_addressed(mention: Mention) -> bool:
    """Written to the bot itself, whatever words it holds."""
    return mention.visibility is Visibility.DIRECT or mention.kind in (Kind.MENTION, Kind.REPLY)


def _public_link(place: Place, chat: Mapping[str, Any]) -> str:
    if username := text_or(chat.get("username")):
        return f"{WEB}/{username}/{place.message}"
    if chat.get("type") in _SHARED_IDS and place.chat.startswith("-100"):
        return f"{WEB}/c/{place.chat.removeprefix('-100')}/{place.message}"
    return ""


def _topic(item: Mapping[str, Any]) -> str:
    return id_of(item["message_thread_id"]) if item.get("is_topic_message") is True else ""


def _above(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """What it answers, {} for nothing. In a topic everything "answers" the topic's birth."""
    above = item.get("reply_to_message")
    is_real = isinstance(above, dict) and "forum_topic_created" not in above
    return above if is_real and isinstance(above, dict) else {}


def _root(item: Mapping[str, Any], bot: Bot) -> str:
    """What hangs together: a thread or topic, or the whole of a private chat."""
    chat = item["chat"]
    if chat.get("type") == "private":
        return f"tg:{bot.id}/{id_of(chat['id'])}"
    return _uri_in(chat, item.get("message_thread_id"), bot)


def _uri_in(chat: Mapping[str, Any], message_id: Any, bot: Bot) -> str:
    if message_id is None:
        return ""
    return uri_of(Place(id_of(chat["id"]), id_of(message_id)), chat, bot)


def _kind(item: Mapping[str, Any], bot: Bot) -> Kind:
    chat_type, above = item["chat"].get("type"), _above(item)
    if chat_type == "channel" or item.get("is_automatic_forward") is True:
        return Kind.POST
    if chat_type == "private" or _names(item, bot):
        return Kind.MENTION
    writer = above.get("from")
    if isinstance(writer, dict) and str(writer.get("id")) == bot.id:
        return Kind.REPLY
    return Kind.COMMENT


def _names(item: Mapping[str, Any], bot: Bot) -> bool:
    text, entities = _text_and_entities(item)
    for entity in entities:
        user = entity.get("user")
        if entity.get("type") == "text_mention" and isinstance(user, dict):
            if str(user.get("id")) == bot.id:
                return True
        elif entity.get("type") == "mention" and bot.name:
            if _units(text, entity).casefold() == f"@{bot.name}".casefold():
                return True
    return False


def _is_own(item: Mapping[str, Any], author: Author, bot: Bot) -> bool:
    """The bot, the brand's channel, and admins who speak as the group itself."""
    speaks_as_chat = author.remote_id == str(item["chat"].get("id"))
    is_private = item["chat"].get("type") == "private"
    return (
        author.remote_id in {bot.id, bot.channel}
        or (speaks_as_chat and not is_private)
        or item.get("is_automatic_forward") is True
    )


def _visibility(chat: Mapping[str, Any]) -> Visibility:
    if chat.get("type") == "private":
        return Visibility.DIRECT
    return Visibility.PUBLIC if text_or(chat.get("username")) else Visibility.FOLLOWERS


def _edited_at(item: Mapping[str, Any]) -> datetime | None:
    return unix_time(item["edit_date"]) if item.get("edit_date") else None


# --- words ---


def _is_written(item: Mapping[str, Any]) -> bool:
    """Not a service message ("Ann joined", "became a supergroup"), nor what the button sends that
    opens a chat with a bot."""
    is_button = text_or(item.get("text")).partition(" ")[0] == "/start"
    return not is_button and any(name in item for name in ("text", "caption", *_MEDIA))


def _body(item: Mapping[str, Any]) -> str:
    text, entities = _text_and_entities(item)
    if text:
        return _with_links(text, entities)
    poll, sticker, venue = item.get("poll"), item.get("sticker"), item.get("venue")
    for holder, key in ((poll, "question"), (sticker, "emoji"), (venue, "title")):
        if isinstance(holder, dict):
            return text_or(holder.get(key))
    return ""


def _text_and_entities(item: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
    name = "text" if "text" in item else "caption"
    found = item.get("entities" if name == "text" else "caption_entities")
    entities = found if isinstance(found, list) else []
    return text_of(item.get(name, "")), [one for one in entities if isinstance(one, dict)]


def _with_links(text: str, entities: list[Mapping[str, Any]]) -> str:
    """Where a link hides behind words, it is shown after them."""
    shown = text.encode("utf-16-le", "surrogatepass")
    hidden = [one for one in entities if one.get("type") == "text_link" and _end(one)]
    for entity in sorted(hidden, key=_end, reverse=True):
        link = text_or(entity.get("url"))
        if link and link != _units(text, entity):
            at = 2 * _end(entity)
            shown = shown[:at] + f" ({link})".encode("utf-16-le", "replace") + shown[at:]
    return shown.decode("utf-16-le", "replace")


def _units(text: str, entity: Mapping[str, Any]) -> str:
    """The part of the text it marks; offsets count UTF-16 units."""
    end = _end(entity)
    start = end - int(entity["length"]) if end else 0
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode(
        "utf-16-le", "replace"
    )


def _end(entity: Mapping[str, Any]) -> int:
    """0 when it marks nothing."""
    offset, length = entity.get("offset"), entity.get("length")
    if type(offset) is int and type(length) is int and offset >= 0 and length > 0:
        return offset + length
    return 0


def _attachments(
    item: Mapping[str, Any], place: Place, chat: Mapping[str, Any]
) -> Iterator[Attachment]:
    """What is beside the words. A file's own address holds the bot's token, so the message's link
    stands for it."""
    link = _public_link(place, chat)
    for one in (item, *item.get(ALBUM, ())):
        for name, kind in _MEDIA.items():
            if name in one:
                held = one[name]
                about = held.get("file_name") if isinstance(held, dict) else None
                yield Attachment(link, kind, text_or(about))
