"""A small VK in this process: one community, its wall, its letter box and its long poll.

Strict: it takes what the extract of VK's schema names, from the key that may ask it, and holds its
own answers against that extract too.
"""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer
from tests.networks.vk_schema import FIXTURES, SCHEMA, event_faults, param_faults, response_faults

GROUP, OWN = 7007, -7007
KEY = "vk1.a.canary-community-key-5d2e8f"
SERVICE = "canary-service-key-77aa01"
LP_KEY = "canary-long-poll-key-9b3c"
ANN, BOB, EVE = 501, 502, 503
FIRST_TS = 1000
MESSAGES = {
    5: "User authorization failed: invalid access_token (4).",
    15: "Access denied",
    27: "Group authorization failed: method is unavailable with group auth.",
    28: "Application authorization failed: method is unavailable with service token.",
    100: "One of the parameters specified was missing or invalid",
}


def written_events() -> dict[str, dict[str, Any]]:
    """The long poll updates of the fixture, by name."""
    found = json.loads((FIXTURES / "events.json").read_text("utf-8"))
    updates: dict[str, dict[str, Any]] = found["updates"]
    return updates


class FakeVk(ScriptedServer):
    """`posts`: of all walls that a search finds, newest last; `comments` by post; `chats` by peer;
    `queue`: events, numbered from FIRST_TS; `forgotten`: how many of them VK does not keep any
    more; `rights` of the key; `closed`: posts nobody may comment; `asks`: (method, params)."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: list[dict[str, Any]] = []
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.chats: dict[int, list[dict[str, Any]]] = {}
        self.queue: list[dict[str, Any]] = []
        self.forgotten = 0
        self.failed: list[int] = []
        self.rights = ["manage", "wall", "messages", "photos"]
        self.closed: set[int] = set()
        self.asks: list[tuple[str, dict[str, str]]] = []
        self.faults: list[int] = []
        self.sent_ids: dict[str, Any] = {}
        self.is_schema_kept = True
        self.is_on: dict[str, str] = {}
        self._n = 100

    # --- the contract's ---

    def add_mention(self, text: str) -> str:
        post = self.write_post(ANN, text)
        return f"https://vk.com/wall{OWN}_{post['id']}"

    def add_bad_item(self) -> None:
        self.is_schema_kept = False
        self.write_post(ANN, "broken")["date"] = "yesterday"

    def n_posted(self, text: str) -> int:
        held = [*self.comments.values(), *self.chats.values()]
        return sum(one["from_id"] == OWN and one["text"] == text for some in held for one in some)

    def remove(self, uri: str) -> None:
        number = int(uri.rpartition("_")[2])
        self.posts = [one for one in self.posts if one["id"] != number]

    # --- making things happen ---

    def tell(self, event: dict[str, Any]) -> None:
        """An event joins the queue."""
        if self.is_schema_kept:
            assert not event_faults(event)
        self.queue.append(event)

    def write_post(self, who: int, text: str, owner: int = OWN, **more: Any) -> dict[str, Any]:
        """A post of now on somebody's wall; the community is told of its own."""
        post = {"id": self._new_id(), "owner_id": owner, "from_id": who, "date": self._date(),
                "text": text, "post_type": "post", "inner_type": "wall_wallpost",
                "comments": {"count": 0}, **more}  # fmt: skip
        self.posts.append(post)
        if owner == OWN:
            self._tell("wall_post_new", post)
        return post

    def comment(
        self, post: dict[str, Any], who: int, text: str, below: int = 0, **more: Any
    ) -> dict[str, Any]:
        """A comment of now; `below`: the comment whose thread it is in."""
        comment = {"id": self._new_id(), "from_id": who, "date": self._date(), "text": text,
                   "post_id": post["id"], "owner_id": post["owner_id"],
                   "parents_stack": [below] if below else [], **more}  # fmt: skip
        self.comments.setdefault(post["id"], []).append(comment)
        post["comments"]["count"] += 1
        self._tell("wall_reply_new", {**comment, "post_owner_id": post["owner_id"]})
        return comment

    def message(self, peer: int, who: int, text: str) -> dict[str, Any]:
        """A message of now in a chat with the community."""
        lines = self.chats.setdefault(peer, [])
        message = {"id": self._new_id(), "conversation_message_id": len(lines) + 1,
                   "peer_id": peer, "from_id": who, "date": self._date(), "text": text,
                   "out": int(who == OWN), "random_id": 0, "version": 10000}  # fmt: skip
        lines.append(message)
        if who == OWN:
            self._tell("message_reply", message)
        else:
            self._tell("message_new", {"message": message, "client_info": {}})
        return message

    def forget_events(self) -> None:
        """VK keeps none of the events so far."""
        self.forgotten = len(self.queue)

    def _tell(self, name: str, held: dict[str, Any]) -> None:
        head = {"type": name, "event_id": f"ev{len(self.queue)}", "v": "5.199", "group_id": GROUP}
        self.queue.append({**head, "object": held})

    def _new_id(self) -> int:
        self._n += 1
        return self._n

    def _date(self) -> int:
        return int(self.now.timestamp())

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        parts = urlsplit(request.url or "")
        if parts.netloc == "lp.vk.example":
            return Scripted(200, self._poll({k: v[0] for k, v in parse_qs(parts.query).items()}))
        assert parts.netloc in ("api.vk.com", "api.vk.ru")
        method = parts.path.removeprefix("/method/")
        sent = str(request.body or "") if request.method == "POST" else parts.query
        if request.method == "POST":
            assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
        asked = {key: one[0] for key, one in parse_qs(sent).items()}
        self.asks.append((method, asked))
        assert KEY not in str(request.url) and SERVICE not in str(request.url)
        key = str(request.headers["Authorization"]).removeprefix("Bearer ")
        return Scripted(200, self._answer(method, asked, key))

    def _answer(self, method: str, asked: dict[str, str], key: str) -> dict[str, Any]:
        assert asked.pop("v") == "5.199"
        assert not (wrong := param_faults(method, asked)), wrong
        if self.faults:
            return refused(self.faults.pop(0), method, key)
        names = {KEY: "community", SERVICE: "service"}
        if key not in names:
            return refused(5, method, key)
        if names[key] not in SCHEMA["methods"][method]["keys"]:
            return refused(27 if key == KEY else 28, method, key)
        response = getattr(self, "_" + method.replace(".", "_"))(asked)
        if isinstance(response, int) and response < 0:
            return refused(-response, method, key)
        if self.is_schema_kept:
            assert not (wrong := response_faults(method, response)), wrong
        return {"response": response}

    def _poll(self, asked: dict[str, str]) -> dict[str, Any]:
        assert asked["act"] == "a_check" and 1 <= int(asked["wait"]) <= 25
        if self.failed:
            code = self.failed.pop(0)
            return {"failed": code, "ts": self._ts()} if code == 1 else {"failed": code}
        if asked["key"] != LP_KEY:
            return {"failed": 2}
        at = int(asked["ts"]) - FIRST_TS
        if at > len(self.queue):
            return {"failed": 3}
        if at < self.forgotten:
            return {"failed": 1, "ts": self._ts()}
        return {"ts": str(self._ts()), "updates": self.queue[at:]}

    def _ts(self) -> int:
        return FIRST_TS + len(self.queue)

    def _groups_getLongPollServer(self, asked: Any) -> Any:
        assert asked["group_id"] == str(GROUP)
        return {"server": "https://lp.vk.example/whp/7007", "key": LP_KEY, "ts": str(self._ts())}

    def _groups_getTokenPermissions(self, asked: Any) -> Any:
        found = [{"name": name, "setting": 1 << n} for n, name in enumerate(self.rights)]
        return {"mask": 7, "permissions": found}

    def _groups_setLongPollSettings(self, asked: Any) -> Any:
        self.is_on = asked
        return 1

    def _groups_getById(self, asked: Any) -> Any:
        wanted = [int(one) for one in asked.get("group_ids", str(GROUP)).split(",")]
        return {"groups": _communities(wanted), "profiles": []}

    def _users_get(self, asked: Any) -> Any:
        return _people(int(one) for one in asked["user_ids"].split(","))

    def _wall_get(self, asked: Any) -> Any:
        assert asked["owner_id"] == str(OWN)
        own = [one for one in self.posts if one["owner_id"] == OWN][::-1]
        own.sort(key=lambda one: one.get("is_pinned", 0), reverse=True)
        offset = int(asked.get("offset", 0))
        return self._listed(own[offset : offset + int(asked["count"])], len(own))

    def _wall_getById(self, asked: Any) -> Any:
        wanted = asked["posts"].split(",")
        found = [one for one in self.posts if f"{one['owner_id']}_{one['id']}" in wanted]
        listed = self._listed(found, 0)
        del listed["count"]
        return listed

    def _wall_getComments(self, asked: Any) -> Any:
        post = int(asked["post_id"])
        if asked["owner_id"] != str(OWN) or not any(one["id"] == post for one in self.posts):
            return -15
        below, size = int(asked.get("comment_id", 0)), int(asked.get("thread_items_count", 0))
        everything = self.comments.get(post, [])
        level = [one for one in everything if _root_of(one) == below][::-1]
        start = int(asked.get("start_comment_id", 0))
        level = [one for one in level if not start or one["id"] <= start]
        offset, count = int(asked.get("offset", 0)), int(asked["count"])
        page = [self._with_thread(one, everything, size) if not below else one
                for one in level[offset : offset + count]]  # fmt: skip
        return {**self._listed(page, len(everything)), "current_level_count": len(level)}

    def _with_thread(self, comment: Any, everything: Any, size: int) -> Any:
        thread = [one for one in everything if _root_of(one) == comment["id"]]
        return {**comment, "thread": {"count": len(thread), "items": thread[:size]}}

    def _wall_createComment(self, asked: Any) -> Any:
        assert asked["from_group"] == str(GROUP) and len(asked["guid"]) <= 64
        if asked["guid"] in self.sent_ids:
            return self.sent_ids[asked["guid"]]
        post = next((p for p in self.posts if str(p["id"]) == asked["post_id"]), None)
        if post is None or asked["owner_id"] != str(OWN):
            return -15
        if post["id"] in self.closed:
            return -213
        if len(asked["message"]) > 16_384:
            return -100
        answered = int(asked.get("reply_to_comment", 0))
        held = next((c for c in self.comments.get(post["id"], []) if c["id"] == answered), None)
        root = (_root_of(held) or answered) if held else 0
        text = asked["message"].replace("&", "&amp;").replace("<", "&lt;")
        above = {"reply_to_comment": answered} if held else {}
        made = self.comment(post, OWN, text, root, **above)
        made["text"] = asked["message"]
        done = {"comment_id": made["id"], "parents_stack": made["parents_stack"]}
        return self.sent_ids.setdefault(asked["guid"], done)

    def _newsfeed_search(self, asked: Any) -> Any:
        since, start = int(asked["start_time"]), int(asked.get("start_from", "0/x").split("/")[0])
        found = [one for one in self.posts[::-1] if asked["q"] in one["text"]
                 and (isinstance(one["date"], str) or one["date"] >= since)]  # fmt: skip
        end = start + int(asked["count"])
        listed = self._listed(found[start:end], len(found))
        return {**listed, "next_from": f"{end}/x"} if end < len(found) else listed

    def _messages_send(self, asked: Any) -> Any:
        peer = int(asked["peer_ids"])
        assert 0 < int(asked["random_id"]) < 1 << 31
        assert json.loads(asked["forward"])["is_reply"] == 1
        if peer not in self.chats:
            return [{"peer_id": peer, "message_id": 0, "conversation_message_id": 0,
                     "error": {"code": 901, "description": "Can't send messages"}}]  # fmt: skip
        if asked["random_id"] not in self.sent_ids:
            message = self.message(peer, OWN, asked["message"])
            quoted = json.loads(asked["forward"])["conversation_message_ids"][0]
            message["reply_message"] = {"conversation_message_id": quoted}
            self.sent_ids[asked["random_id"]] = message
        made = self.sent_ids[asked["random_id"]]
        return [{"peer_id": peer, "message_id": made["id"],
                 "conversation_message_id": made["conversation_message_id"]}]  # fmt: skip

    def _messages_getHistory(self, asked: Any) -> Any:
        lines = self.chats.get(int(asked["peer_id"]), [])
        return self._listed(lines[::-1][: int(asked["count"])], len(lines))

    def _messages_getByConversationMessageId(self, asked: Any) -> Any:
        wanted = asked["conversation_message_ids"].split(",")
        lines = self.chats.get(int(asked["peer_id"]), [])
        found = [one for one in lines if str(one["conversation_message_id"]) in wanted]
        return self._listed(found, len(found))

    def _listed(self, items: list[Any], total: int) -> dict[str, Any]:
        below = [one for item in items for one in item.get("thread", {}).get("items", [])]
        writers = {one["from_id"] for one in (*items, *below)}
        return {"count": total, "items": items, "profiles": _people(writers),
                "groups": _communities(-one for one in writers if one < 0)}  # fmt: skip


def refused(code: int, method: str = "", key: str = KEY) -> dict[str, Any]:
    """An error as VK tells it, inside a 200, with the request echoed."""
    echoed = {"method": method, "oauth": "1", "access_token": key, "v": "5.199"}
    params = [{"key": name, "value": value} for name, value in echoed.items()]
    words = MESSAGES.get(code, "Something went wrong")
    return {"error": {"error_code": code, "error_msg": f"{words} {key}", "request_params": params}}


def _root_of(comment: Any) -> int:
    above = comment["parents_stack"]
    return int(above[0]) if above else 0


def _people(ids: Iterable[int]) -> list[dict[str, Any]]:
    known = {ANN: ("Айгерим", "Пример", 120), BOB: ("Болат", "Пример", 3)}
    return [
        {"id": one, "first_name": known[one][0], "last_name": known[one][1],
         "screen_name": f"person{one}", "photo_100": f"https://sun.example/{one}.jpg",
         "followers_count": known[one][2]}
        for one in sorted(ids) if one in known
    ]  # fmt: skip


def _communities(ids: Iterable[int]) -> list[dict[str, Any]]:
    known = {GROUP: ("Чайный дом", "teahouse", 4000), 9009: ("Соседняя пекарня", "bakery", 90)}
    return [
        {"id": one, "name": known[one][0], "screen_name": known[one][1], "type": "page",
         "is_closed": 0, "members_count": known[one][2]}
        for one in sorted(ids) if one in known
    ]  # fmt: skip
