"""Calls of the Bot API, and what its refusals mean.

The token is a part of every address, so no address may be shown: errors name the host and words
of ours. Sources: core.telegram.org/bots/api "Making requests", "ResponseParameters"; the list of
error texts kept by TelegramBotAPI/errors; both read 2026-11-22. Refusals have no codes but the
HTTP status: what a 400 means, only its description tells.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NoReturn

import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.answers import Answer, error_for, strict_json
from socialdesk.networks.http import Value, get_json, post_json

HOST: Final = "https://api.telegram.org"
CONFLICT_S: Final = 5.0  # our own wait and fetch met: the next try finds the line free
LONGEST_WAIT_S: Final = 3600.0

_MEANS: Final[tuple[tuple[str, Refusal, str], ...]] = (
    ("message to be replied not found", Refusal.GONE, "the message to answer is gone"),
    ("message to reply not found", Refusal.GONE, "the message to answer is gone"),
    ("replied message not found", Refusal.GONE, "the message to answer is gone"),
    ("message to edit not found", Refusal.GONE, "the message is gone"),
    ("message to delete not found", Refusal.GONE, "the message is gone"),
    ("message thread not found", Refusal.GONE, "the topic is gone"),
    ("chat not found", Refusal.GONE, "the chat is gone, or the bot is not in it"),
    ("user not found", Refusal.GONE, "no such user"),
    ("group is deactivated", Refusal.GONE, "the group is closed"),
    ("upgraded to a supergroup", Refusal.GONE, "the group became a supergroup"),
    ("topic_closed", Refusal.PERMISSION, "the topic is closed"),
    ("not enough rights", Refusal.PERMISSION, "the bot may not write there"),
    ("have no rights", Refusal.PERMISSION, "the bot may not write there"),
    ("chat_write_forbidden", Refusal.PERMISSION, "the bot may not write there"),
    ("message can't be deleted", Refusal.PERMISSION, "older than 48 hours, or not the bot's own"),
    ("message can't be edited", Refusal.PERMISSION, "not the bot's own, or too old"),
    ("message is too long", Refusal.TEXT, "too long"),
    ("text is empty", Refusal.TEXT, "empty"),
    ("message is not modified", Refusal.DUPLICATE, "not modified"),
)


class ConflictError(RateLimitedError):
    """Somebody else asks for the same bot's messages: we ourselves, another program, or a
    webhook takes them."""

    def __init__(self) -> None:
        super().__init__(CONFLICT_S, "another program reads this bot's messages")


class Api:
    """One bot's calls. `token`: as BotFather gave it."""

    def __init__(self, http: requests.Session, token: str) -> None:
        self._http, self._base = http, f"{HOST}/bot{token}"

    def get(self, method: str, params: Mapping[str, Value] | None = None) -> Any:
        """The result of a question. Raises ConnectorError."""
        answer = get_json(self._http, f"{self._base}/{method}", params, check=check)
        found = _result(answer.data)
        if found is None:
            raise BadAnswerError(f"{answer.host} sent no result")
        return found

    def post(self, method: str, body: Mapping[str, Any]) -> Any:
        """The result of a write. Raises ConnectorError; no readable result: it may be done."""
        answer = post_json(self._http, f"{self._base}/{method}", body, check=check)
        found = _result(answer.data)
        if found is None:
            raise UnreachableError(f"{answer.host} took it and told no result", maybe_done=True)
        return found


def check(answer: Answer) -> None:
    """Nothing for a 2xx; else the error it means. Never in the server's words: in the address the
    token has "bot" before it, so one that comes back alone is not starred out."""
    usual = error_for(replace(answer, words=""))
    if usual is None:
        return
    _raise(answer.status, _body(answer.body), usual)


def _result(data: Any) -> Any:
    """None when there is none. A refusal inside a 200 is one too."""
    if not isinstance(data, dict):
        return None
    if data.get("ok") is False:
        _raise(data.get("error_code"), data, RefusedError(Refusal.OTHER))
    return data.get("result") if data.get("ok") is True else None


def _raise(status: Any, body: Mapping[str, Any], usual: ConnectorError) -> NoReturn:
    match status:
        case 401 | 404:  # 404: no bot has such a token
            raise AuthExpiredError("Telegram does not know this token (any more)")
        case 403:
            raise RefusedError(Refusal.PERMISSION, _why_forbidden(_text(body)))
        case 409:
            raise ConflictError
        case 429:
            raise _slow_down(body, usual)
        case 400:
            raise _refusal(_text(body))
    raise usual


def _slow_down(body: Mapping[str, Any], usual: ConnectorError) -> ConnectorError:
    parameters = body.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(wait, bool) or not isinstance(wait, int | float) or wait <= 0:
        return usual if isinstance(usual, RateLimitedError) else RateLimitedError(60.0)
    return RateLimitedError(min(float(wait), LONGEST_WAIT_S))


def _refusal(description: str) -> RefusedError:
    """Only words of ours: a description may quote what was sent."""
    for known, reason, words in _MEANS:
        if known in description:
            return RefusedError(reason, words)
    return RefusedError(Refusal.OTHER, "HTTP 400 from Telegram")


def _why_forbidden(description: str) -> str:
    if "blocked by the user" in description:
        return "the person has blocked the bot"
    if "deactivated" in description:
        return "the person's account is deleted"
    if "kicked" in description or "not a member" in description:
        return "the bot was removed from this chat"
    if "initiate conversation" in description:
        return "the person has to write to the bot first"
    return "the bot may not do this"


def _text(body: Mapping[str, Any]) -> str:
    description = body.get("description")
    return description.casefold() if isinstance(description, str) else ""


def _body(raw: bytes) -> Mapping[str, Any]:
    try:
        found = strict_json(raw[: 64 * 1024])
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def as_list(names: tuple[str, ...]) -> str:
    """A list as it stands in a query."""
    return json.dumps(names, separators=(",", ":"))
