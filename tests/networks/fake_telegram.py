"""A Bot API server in this process, as strict as the real one; shapes after the Bot API pages."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

TOKEN = "4000:AAcanary-Telegram-token_7f3e9d2b1c0a"
BOT = {"id": 4000, "is_bot": True, "first_name": "Tea House", "username": "teahouse_bot"}
GROUP = {"id": -1001234500001, "title": "Tea House guests", "username": "teahouse_guests",
         "type": "supergroup"}  # fmt: skip
CHANNEL = {"id": -1001234500002, "title": "Tea House", "username": "teahouse", "type": "channel"}
ANN = {"id": 5001, "is_bot": False, "first_name": "Aigerim", "username": "aigerim_test"}
SEND_FIELDS = {"chat_id", "text", "reply_parameters", "message_thread_id", "link_preview_options"}
FIXTURES = Path(__file__).parents[1] / "fixtures" / "telegram"


def written_updates() -> dict[str, dict[str, Any]]:
    """The updates of the fixture, by name."""
    found = json.loads((FIXTURES / "updates.json").read_text("utf-8"))
    updates: dict[str, dict[str, Any]] = found["updates"]
    return updates


class FakeTelegram(ScriptedServer):
    """One bot. `waiting`: updates that are not confirmed, oldest first; `methods`: calls in order;
    `webhook`: where updates go instead; `is_taken`: another program polls; `migrated`: old chat
    ids to new ones; `silent_chats`: those that blocked or removed the bot, and how it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[dict[str, Any]] = []
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.methods: list[str] = []
        self.webhook = ""
        self.is_taken = False
        self.hears_all = True
        self.migrated: dict[int, int] = {}
        self.silent_chats: dict[int, str] = {}
        self.chats: dict[Any, Any] = {one["id"]: one for one in (GROUP, CHANNEL)}
        self.channel_status = "administrator"
        self._n_updates, self._n_messages = 900, 1000

    # --- the contract's ---

    def add_mention(self, text: str) -> str:
        message = self.write(text)
        return f"tg:{message['chat']['id']}/{message['message_id']}"

    def add_bad_item(self) -> None:
        self.write("broken")["date"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return len(self._own(text))

    def parent_of(self, text: str) -> str:
        (message,) = self._own(text)
        return str(message.get("reply_to_message", {}).get("message_id", ""))

    # --- making things happen ---

    def write(self, text: str, who: Any = ANN, chat: Any = GROUP, **more: Any) -> dict[str, Any]:
        """Somebody writes now, and the bot is told."""
        message = self._message(who, chat, {"text": text, **more})
        self.tell({"message": message})
        return message

    def tell(self, update: dict[str, Any]) -> None:
        """An update waits; it gets a number unless it has one."""
        self._n_updates += 1
        self.waiting.append({"update_id": self._n_updates, **update})
        for held in update.values():
            if isinstance(held, dict):
                self.messages[held["chat"]["id"], held["message_id"]] = held
                self.chats.setdefault(held["chat"]["id"], held["chat"])

    def _message(self, who: Any, chat: Any, rest: dict[str, Any]) -> dict[str, Any]:
        self._n_messages += 1
        head = {"message_id": self._n_messages, "from": who, "chat": chat}
        message = {**head, "date": int(self.now.timestamp()), **rest}
        self.messages[chat["id"], self._n_messages] = message
        return message

    def _own(self, text: str) -> list[dict[str, Any]]:
        return [m for m in self.messages.values() if m.get("from") is BOT and m["text"] == text]

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        parts = urlsplit(request.url or "")
        assert parts.netloc == "api.telegram.org"
        _, bot, method = parts.path.split("/")
        self.methods.append(method)
        if bot != f"bot{TOKEN}":
            return refused(401, "Unauthorized")
        known = getattr(self, f"_on_{method}", None)
        if known is None:
            return refused(404, "Not Found")
        if request.method == "POST":
            assert request.headers["Content-Type"] == "application/json"
            asked = json.loads(request.body or b"{}")
        else:
            asked = {key: one[0] for key, one in parse_qs(parts.query).items()}
        answer = known(asked)
        return answer if isinstance(answer, Scripted) else Scripted(200, _ok(answer))

    def _on_getMe(self, asked: Any) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": self.hears_all}

    def _on_getWebhookInfo(self, asked: Any) -> Any:
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}

    def _on_getUpdates(self, asked: Any) -> Any:
        assert set(asked) <= {"offset", "timeout", "limit", "allowed_updates"}
        assert json.loads(asked["allowed_updates"])
        offset = int(asked.get("offset", "0"))
        assert offset >= 0, "a negative offset throws updates away"
        if self.webhook:
            return refused(409, "Conflict: can't use getUpdates method while webhook is active; "
                                "use deleteWebhook to delete the webhook first")  # fmt: skip
        if self.is_taken:
            return refused(409, "Conflict: terminated by other getUpdates request; make sure "
                                "that only one bot instance is running")  # fmt: skip
        self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        return self.waiting[: int(asked.get("limit", "100"))]

    def _on_sendMessage(self, asked: Any) -> Any:
        assert set(asked) <= SEND_FIELDS and type(asked["chat_id"]) is int
        refusal = self._refusal(asked["chat_id"], asked["text"])
        if refusal:
            return refusal
        above = asked.get("reply_parameters")
        rest: dict[str, Any] = {"text": asked["text"]}
        if above:
            assert above["allow_sending_without_reply"] is False
            parent = self.messages.get((asked["chat_id"], above["message_id"]))
            if parent is None:
                return refused(400, "Bad Request: message to be replied not found")
            rest["reply_to_message"] = parent
        if "message_thread_id" in asked:
            rest |= {"message_thread_id": asked["message_thread_id"], "is_topic_message": True}
        return self._message(BOT, self.chats[asked["chat_id"]], rest)

    def _on_editMessageText(self, asked: Any) -> Any:
        message = self.messages.get((asked["chat_id"], asked["message_id"]))
        if message is None:
            return refused(400, "Bad Request: message to edit not found")
        if message["from"] is not BOT:
            return refused(400, "Bad Request: message can't be edited")
        if message["text"] == asked["text"]:
            return refused(400, "Bad Request: message is not modified: specified new message "
                                "content is exactly the same")  # fmt: skip
        message["text"] = asked["text"]
        return message

    def _on_deleteMessage(self, asked: Any) -> Any:
        message = self.messages.get((asked["chat_id"], asked["message_id"]))
        if message is None:
            return refused(400, "Bad Request: message to delete not found")
        if self.now.timestamp() - message["date"] > 48 * 3600:
            return refused(400, "Bad Request: message can't be deleted")
        del self.messages[asked["chat_id"], asked["message_id"]]
        return True

    def _on_getChat(self, asked: Any) -> Any:
        for chat in self.chats.values():
            if asked["chat_id"] in (str(chat["id"]), f"@{chat.get('username')}"):
                return {**chat, "accent_color_id": 1, "max_reaction_count": 11}
        return refused(400, "Bad Request: chat not found")

    def _on_getChatMemberCount(self, asked: Any) -> Any:
        return 321

    def _on_getChatMember(self, asked: Any) -> Any:
        assert asked["user_id"] == str(BOT["id"])
        return {"status": self.channel_status, "user": BOT}

    def _refusal(self, chat: int, text: str) -> Scripted | None:
        if chat in self.migrated:
            return refused(400, "Bad Request: group chat was upgraded to a supergroup chat",
                           {"migrate_to_chat_id": self.migrated[chat]})  # fmt: skip
        if chat in self.silent_chats:
            return refused(403, self.silent_chats[chat])
        if chat not in self.chats:
            return refused(400, "Bad Request: chat not found")
        if not text:
            return refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return refused(400, "Bad Request: message is too long")
        return None


def refused(status: int, description: str, parameters: Any = None) -> Scripted:
    """A refusal as the Bot API words it."""
    body = {"ok": False, "error_code": status, "description": description}
    return Scripted(status, {**body, "parameters": parameters} if parameters else body)


def _ok(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}
