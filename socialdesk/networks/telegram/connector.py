"""Telegram messages and replies of one bot.

Telegram keeps what a bot has not taken for 24 hours and has no history: what comes while the
program is closed for longer is lost. Source: core.telegram.org/bots/api, read 2026-11-22.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.telegram.api import Api, ConflictError, as_list
from socialdesk.networks.telegram.messages import (
    UPDATES,
    WEB,
    Bot,
    Place,
    is_addressed,
    read_update,
    uri_of,
    who_is,
    with_albums,
)
from socialdesk.networks.values import count_or_none, id_of, text_or

PAGE_SIZE: Final = 100  # updates; the API's maximum
WAIT_S: Final = 25  # less than the silence that `http` bears
MIN_POLL_S: Final = 30
LENGTH: Final = LengthRule(4096, Unit.UTF16)
CAN: Final = Can.FETCH | Can.REPLY | Can.PROFILE | Can.EDIT | Can.DELETE | Can.WAIT
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError)


class TelegramConnector(PartialConnector):
    """Remote ids: see `messages.Place`; authors and chats have theirs from Telegram.

    Cursor: `offset`, the number after the last update of the saved page. Asking with it confirms
    that page, and Telegram forgets it; so it is sent once, after the page was saved, and then
    dropped: a later question without any gives all that is not confirmed. Numbers begin anew
    after a quiet week, and one kept so long would throw away what has a lower one.
    """

    def __init__(self, api: Api, bot: Bot) -> None:
        self._api, self._bot = api, bot

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """At most PAGE_SIZE messages; confirms what the cursor says was saved. `since` does not
        matter: there is no history to walk back."""
        updates = self._updates(watch, cursor, timeout=0, limit=PAGE_SIZE)
        words = read_brand_words(watch.brand_words)

        def read(update: Any) -> Mention | None:
            mention = read_update(update, self._bot)
            is_kept = mention and (is_addressed(mention) or words.keep(mention.body))
            return mention if is_kept else None

        mentions, rejects = read_each(with_albums(updates), read)
        after = max((number for one in updates if (number := _number(one))), default=0)
        if updates and not after:
            raise BadAnswerError("Telegram sent updates without numbers")
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        saved = _cursor_after(after)
        return Page(tuple(in_order), rejects, saved, more=bool(updates), is_forgotten=bool(updates))

    def wait(self, watch: Watch, cursor: Cursor | None, stop: Callable[[], bool]) -> bool:
        """A long poll from where the saved cursor is: it confirms nothing that is not saved. A
        fetch that comes meanwhile ends it: ConflictError, a pause of some seconds."""
        if stop():
            return False
        return bool(self._updates(watch, cursor, timeout=WAIT_S, limit=1))

    def _updates(
        self, watch: Watch, cursor: Cursor | None, *, timeout: int, limit: int
    ) -> list[Any]:
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, "Telegram has no search")
        asked: dict[str, Value] = {
            "offset": _offset(cursor) or None,
            "timeout": timeout or None,
            "limit": limit,
            "allowed_updates": as_list(UPDATES),
        }
        try:
            found = self._api.get("getUpdates", asked)
        except ConflictError:
            self._refuse_webhook()
            raise
        if not isinstance(found, list):
            raise BadAnswerError("Telegram sent updates that are no list")
        return found

    def _refuse_webhook(self) -> None:
        refuse_webhook(self._api)

    def profile(self, author_remote_id: str) -> Author:
        """A person who wrote to the bot, or a group or channel; only those have members to
        count."""
        chat = self._api.get("getChat", {"chat_id": author_remote_id})
        try:
            is_person = chat.get("type") == "private"
            username = text_or(chat.get("username"))
            name = who_is(chat)
            remote_id = id_of(chat["id"])
        except _UNREADABLE as e:
            raise BadAnswerError("a profile we cannot read") from e
        n_members = None
        if not is_person:
            n_members = count_or_none(
                self._api.get("getChatMemberCount", {"chat_id": author_remote_id})
            )
        return Author(
            remote_id=remote_id,
            handle=username or name,
            name=name,
            url=f"{WEB}/{username}" if username else "",
            n_followers=n_members,
        )

    def reply(self, outgoing: Outgoing) -> Posted:
        """A plain message that quotes the one it answers, and fails when that is gone."""
        place = Place.of(outgoing.parent_remote_id)
        parent = {"message_id": int(place.message), "allow_sending_without_reply": False}
        topic = {"message_thread_id": int(place.thread)} if place.thread else {}
        return self._send(
            {"chat_id": int(place.chat), "reply_parameters": parent, **topic}, outgoing
        )

    def post(self, outgoing: Outgoing) -> Posted:
        """A post in the brand's channel. Raises RefusedError without one."""
        if not self._bot.channel:
            raise RefusedError(Refusal.PERMISSION, "no channel of the brand is connected")
        return self._send({"chat_id": int(self._bot.channel)}, outgoing)

    def _send(self, where: dict[str, Any], outgoing: Outgoing) -> Posted:
        quiet = {"link_preview_options": {"is_disabled": True}}
        sent = self._api.post("sendMessage", {**where, "text": outgoing.text, **quiet})
        try:
            return self._posted(sent)
        except _UNREADABLE as e:
            raise UnreachableError("Telegram told no message", maybe_done=True) from e

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Never: a bot cannot read what it wrote, so a person looks in Telegram and decides."""
        return None

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """Never: see `find_reply`."""
        return None

    def edit(self, remote_id: str, text: str) -> Posted:
        """Change a message of the bot's; the same words again are no error."""
        place = Place.of(remote_id)
        body = {"chat_id": int(place.chat), "message_id": int(place.message), "text": text}
        try:
            return self._posted(self._api.post("editMessageText", body))
        except RefusedError as e:
            if e.reason is not Refusal.DUPLICATE:
                raise
        except _UNREADABLE as e:
            raise UnreachableError("Telegram told no message", maybe_done=True) from e
        shared = "supergroup" if place.chat.startswith("-100") else ""
        return Posted(remote_id, uri_of(place, {"type": shared}, self._bot))

    def delete(self, remote_id: str) -> None:
        """Telegram lets a bot do so for 48 hours."""
        place = Place.of(remote_id)
        body = {"chat_id": int(place.chat), "message_id": int(place.message)}
        try:
            self._api.post("deleteMessage", body)
        except RefusedError as e:
            if e.reason is not Refusal.GONE:
                raise

    def card(self) -> Card:
        """What getMe says, and whether the bot hears whole groups."""
        me = self._api.get("getMe")
        try:
            own = Author(
                remote_id=id_of(me["id"]),
                handle=text_or(me.get("username")) or who_is(me),
                name=who_is(me),
                url=f"{WEB}/{self._bot.name}",
                is_bot=True,
            )
        except _UNREADABLE as e:
            raise BadAnswerError("a bot we cannot read") from e
        hears_all = me.get("can_read_all_group_messages") is True
        return Card(
            own,
            CAN | Can.POST if self._bot.channel else CAN,
            LENGTH,
            software=f"Bot API, privacy mode {'off' if hears_all else 'on'}",
            server="telegram.org",
            min_poll_s=MIN_POLL_S,
            reads_back=False,  # a bot cannot read what it sent
        )

    def _posted(self, message: Any) -> Posted:
        chat = message["chat"]
        thread = id_of(message["message_thread_id"]) if message.get("is_topic_message") else ""
        place = Place(id_of(chat["id"]), id_of(message["message_id"]), thread)
        url = ""
        if username := text_or(chat.get("username")):
            url = "" if chat.get("type") == "private" else f"{WEB}/{username}/{place.message}"
        return Posted(place.remote_id, uri_of(place, chat, self._bot), url)


def refuse_webhook(api: Api) -> None:
    """Raises RefusedError when the bot's messages go to a web address: then nobody else gets any.
    It is somebody's to take down, not ours."""
    about = api.get("getWebhookInfo")
    if isinstance(about, dict) and about.get("url"):
        raise RefusedError(
            Refusal.OTHER,
            "another service takes this bot's messages (a webhook is set): make a bot of its own "
            "for SocialDesk, or disconnect that service",
        )


def _number(update: Any) -> int:
    """The update's number, 0 when there is none that can be one."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and 0 < number < 1 << 53 else 0


def _offset(cursor: Cursor | None) -> int:
    """0 = everything that is not confirmed; never negative, which would throw away the rest."""
    try:
        saved = json.loads(cursor or "{}").get("offset", 0)
    except (ValueError, AttributeError):
        return 0
    return saved if type(saved) is int and saved > 0 else 0


def _cursor_after(number: int) -> Cursor:
    return Cursor(json.dumps({"offset": number + 1} if number else {}, separators=(",", ":")))
