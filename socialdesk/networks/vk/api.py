"""Calls of the VK API: two keys with different powers, and the long poll.

Keys travel in a header and never in an address; the long poll's own key cannot, so it is asked for
anew each time and kept nowhere. Source: dev.vk.com "API requests" and "Bots Long Poll API",
VKCOM/vk-api-schema 5.199, read 2026-11-22.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.answers import Answer, raise_for
from socialdesk.networks.http import Value, bearer, get_json, post_form
from socialdesk.networks.values import parts_of, text_of
from socialdesk.networks.vk.faults import fault_of

VERSION: Final = "5.199"
HOSTS: Final = ("api.vk.com", "api.vk.ru")  # the same behind both; some providers know only one


@frozen
class Keys:
    """`community`: reads events and answers. `service`: reads walls and searches; "" = none."""

    community: str = field(repr=False)
    service: str = field(default="", repr=False)


@frozen
class Told:
    """What a call gave. `at`: when, by VK's clock, in unix seconds; 0 = not said."""

    data: Any
    at: int = 0


@frozen
class Line:
    """A long poll line as VK gave it. `ts`: the number of the newest event."""

    server: str = field(repr=False)
    key: str = field(repr=False)
    ts: str
    at: int


class Api:
    """One community's calls. Raises ConnectorError everywhere."""

    def __init__(self, http: requests.Session, keys: Keys, host: str = HOSTS[0]) -> None:
        self._http, self._keys, self._base = http, keys, f"https://{host}/method"

    @property
    def has_service(self) -> bool:
        """Whether walls can be read and searched."""
        return bool(self._keys.service)

    def ask(self, method: str, params: Mapping[str, Value]) -> Told:
        """A question with the community key."""
        return self._ask(method, params, self._keys.community)

    def look(self, method: str, params: Mapping[str, Value]) -> Told:
        """A question that only the service key may put. Raises RefusedError without one."""
        if not self._keys.service:
            raise RefusedError(Refusal.PERMISSION, "this needs a service key")
        return self._ask(method, params, self._keys.service)

    def write(self, method: str, form: Mapping[str, Value]) -> Any:
        """A change, in the community's name. An answer we cannot read: it may be done."""
        answer = post_form(
            self._http,
            f"{self._base}/{method}",
            {**form, "v": VERSION},
            headers=bearer(self._keys.community),
            check=_check,
        )
        if not isinstance(answer.data, dict):
            raise UnreachableError(f"{answer.host} took it and answered oddly", maybe_done=True)
        if "error" in answer.data:
            raise fault_of(answer.data["error"], is_write=True)
        if "response" not in answer.data:
            raise UnreachableError(f"{answer.host} took it and answered oddly", maybe_done=True)
        return answer.data["response"]

    def line(self, group_id: str) -> Line:
        """A fresh long poll line; it serves older events too."""
        told = self.ask("groups.getLongPollServer", {"group_id": group_id})
        try:
            server, key = text_of(told.data["server"]), text_of(told.data["key"])
            ts = ts_of(told.data["ts"])
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("VK sent a long poll line we cannot read") from e
        if parts_of(server).scheme != "https":
            raise BadAnswerError("VK sent a long poll line that is not https")
        return Line(server, key, ts, told.at)

    def listen(self, line: Line, ts: str, wait_s: int) -> Told:
        """The events after `ts`, at most `wait_s` seconds later; `failed` is an answer too."""
        params: dict[str, Value] = {"act": "a_check", "key": line.key, "ts": ts, "wait": wait_s}
        answer = get_json(self._http, line.server, params, check=_check)
        if not isinstance(answer.data, dict):
            raise BadAnswerError("VK sent events we cannot read")
        return Told(answer.data, _time_of(answer))

    def _ask(self, method: str, params: Mapping[str, Value], key: str) -> Told:
        answer = get_json(
            self._http,
            f"{self._base}/{method}",
            {**params, "v": VERSION},
            headers=bearer(key),
            check=_check,
        )
        if isinstance(answer.data, dict) and "error" in answer.data:
            raise fault_of(answer.data["error"], is_write=False)
        if not isinstance(answer.data, dict) or "response" not in answer.data:
            raise BadAnswerError(f"{answer.host} sent no response")
        return Told(answer.data["response"], _time_of(answer))


def ts_of(value: Any) -> str:
    """The number of an event; VK sends it as text or as a number. Raises ValueError."""
    text = str(value) if type(value) in (int, str) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise ValueError("no event's number")
    return text


def _check(answer: Answer) -> None:
    """Never in the server's words: they may quote a key."""
    raise_for(replace(answer, words=""))


def _time_of(answer: Answer) -> int:
    try:
        date = parsedate_to_datetime(answer.headers.get("Date", ""))
        return int(date.replace(tzinfo=date.tzinfo or UTC).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0


def unix(time: datetime) -> int:
    """Whole seconds."""
    return int(time.timestamp())
