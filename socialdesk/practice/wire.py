"""One request and one answer of the practice server, free of `requests`."""

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from socialdesk.domain.frozen import frozen


@frozen
class Ask:
    """A request as the server reads it. `values`: query, form or JSON body, each name's values
    as a list; `token`: the bearer token, "" = none. Header names are lower case."""

    method: str
    path: str
    values: Mapping[str, list[str]] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    now_ms: int
    body: bytes = field(default=b"", repr=False)

    @property
    def token(self) -> str:
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""

    def one(self, name: str, otherwise: str = "") -> str:
        """The last value given for a name."""
        return (self.values.get(name) or [otherwise])[-1]

    def many(self, name: str) -> list[str]:
        """All values of a list, written as `name[]` or `name`."""
        return [*self.values.get(f"{name}[]", ()), *self.values.get(name, ())]

    def number(self, name: str, otherwise: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        text = self.one(name)
        return max(1, min(int(text), most)) if text.isdigit() else otherwise


@frozen
class Reply:
    """What the server says: a status, a body, headers. `drips`: the body never comes to its end."""

    status: int
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False


class TurnedDownError(Exception):
    """A handler says no: the status and the words of the error body."""

    def __init__(self, status: int, words: str, **more: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status, self.words, self.more = status, words, more


def json_reply(data: Any, status: int = 200, **headers: str) -> Reply:
    """`data` as JSON. Header names: underscores stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items() if value}
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, json.dumps(data, ensure_ascii=False).encode(), kind | named)


def not_found() -> TurnedDownError:
    return TurnedDownError(404, "Record not found")
