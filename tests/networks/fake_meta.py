"""Meta's Graph API in this process: tokens, fields, pages of lists and errors as it has them.

Strict: a token in an address, a field that a node does not have, a cursor nobody gave out, are
answered as Meta answers them. Names of fields: tests/fixtures/<network>/fields.json.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

FIXTURES = Path(__file__).parents[1] / "fixtures"
Fields = dict[str, "Fields"]
Node = dict[str, Any]


class GraphError(Exception):
    """What Meta refuses, by code."""

    def __init__(self, code: int, subcode: int = 0, message: str = "", status: int = 400) -> None:
        super().__init__(message)
        self.code, self.subcode, self.message, self.status = code, subcode, message, status


class FakeGraph(ScriptedServer):
    """`known`: the fields of each kind of node. `faults` are used up, one a call: each looks at the
    method and path first, and gives an answer of its own or None."""

    host = "graph.facebook.com"
    version = "v26.0"
    key = "facebook"

    def __init__(self, token: str, app_secret: str = "") -> None:
        super().__init__()
        self.token, self.app_secret = token, app_secret
        self.other_tokens: tuple[str, ...] = ()
        self.known: dict[str, list[str]] = fixture(self.key, "fields")["nodes"]
        self.calls: list[tuple[str, str]] = []
        self.params: list[dict[str, str]] = []
        self.faults: list[Callable[[str, str], Scripted | None]] = []
        self.headers: dict[str, str] = {}
        self.n_made = 1000

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        query, form = dict(parse_qsl(url.query)), dict(parse_qsl(str(request.body or "")))
        path, method = url.path.strip("/"), str(request.method)
        self.calls.append((method, path.partition("/")[2]))
        self.params.append({**query, **form})
        if self.faults and (answer := self.faults.pop(0)(method, path)) is not None:
            return answer
        try:
            body = self._answer(request, method, f"{url.hostname}/{path}", query, form)
        except GraphError as e:
            return problem(e.code, e.subcode, e.message, e.status)
        return Scripted(body=body, headers=self.headers)

    def _answer(
        self,
        request: requests.PreparedRequest,
        method: str,
        path: str,
        query: Mapping[str, str],
        form: Mapping[str, str],
    ) -> Any:
        if (open_answer := self.without_token(method, path, {**query, **form})) is not None:
            return open_answer
        if "access_token" in query:
            raise AssertionError("a token stands in an address")
        token = str(request.headers.get("Authorization", "")).removeprefix("Bearer ")
        self.check_token(token, {**query, **form})
        prefix = f"{self.host}/{self.version}"
        if path != prefix and not path.startswith(f"{prefix}/"):
            raise GraphError(2500, 0, "Unknown path components")
        rest = path.removeprefix(prefix).strip("/")
        return self.node_answer(method, rest, query if method != "POST" else form, token)

    def check_token(self, token: str, params: Mapping[str, str]) -> None:
        """Raises GraphError unless it is ours, and the app's proof is right."""
        if token not in (self.token, *self.other_tokens):
            raise GraphError(190, 460, f"Error validating access token: {token}", 401)
        if self.app_secret and params.get("appsecret_proof") != proof(token, self.app_secret):
            raise GraphError(100, 0, "Invalid appsecret_proof provided in the API argument")

    # --- of each network ---

    def without_token(self, method: str, path: str, params: Mapping[str, str]) -> Any:
        """The answer of a call that needs no signing in; None for all others."""
        return None

    def node_answer(self, method: str, path: str, params: Mapping[str, str], token: str) -> Any:
        raise NotImplementedError

    # --- given ---

    def new_id(self) -> str:
        self.n_made += 1
        return str(17_900_000_000_000_000 + self.n_made)

    def stamp(self, when: datetime | None = None) -> str:
        """A time as Graph writes it: no colon in the offset."""
        return f"{when or self.now:%Y-%m-%dT%H:%M:%S}+0000"

    def shown(self, node: Node, kind: str, fields: str) -> Node:
        """The node with the fields asked for; those that have no value are left out."""
        return self._project(node, kind, read_fields(fields or "id"))

    def _project(self, node: Node, kind: str, fields: Fields) -> Node:
        names = [name.partition(".")[0] for name in fields]
        for name in names:
            if name not in self.known[kind]:
                raise GraphError(
                    100, 0, f"(#100) Tried accessing nonexisting field ({name}) on node type"
                )
        return {name: node[name] for name in names if node.get(name) is not None}

    def paged(self, items: list[Node], params: Mapping[str, str], most: int = 100) -> Node:
        """One page of a list, with the token in `next` as Meta has it."""
        limit = int(params.get("limit", "25"))
        if not 0 < limit <= most:
            raise GraphError(100, 0, f"(#100) limit must be at most {most}")
        start = _position(params.get("after", ""))
        page = items[start : start + limit]
        answer: Node = {"data": page}
        if page:
            after = _cursor(start + limit)
            answer["paging"] = {"cursors": {"before": _cursor(start), "after": after}}
            if len(items) > start + limit:
                following = f"https://{self.host}/{self.version}/x?access_token={self.token}"
                answer["paging"]["next"] = f"{following}&after={after}"
        return answer


def problem(
    code: int, subcode: int = 0, message: str = "", status: int = 400, **headers: str
) -> Scripted:
    """Meta's envelope of errors."""
    error: Node = {"message": message, "type": "OAuthException", "code": code}
    if subcode:
        error["error_subcode"] = subcode
    error["fbtrace_id"] = "AbCdEfGhIjK"
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Scripted(status, {"error": error}, names)


def proof(token: str, app_secret: str) -> str:
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def fixture(key: str, name: str) -> Any:
    """A fixture, its header left out."""
    data = json.loads((FIXTURES / key / f"{name}.json").read_text(encoding="utf-8"))
    assert data.pop("_source")
    return data


def read_fields(text: str) -> Fields:
    """`id,from{id},comments.limit(5){id}` as a tree; what is in brackets stays in the name."""
    fields, rest = _read_fields(text)
    assert not rest, f"fields that Meta cannot read: {rest}"
    return fields


def args_of(fields: str, name: str) -> dict[str, str]:
    """The modifiers of a nested field: `comments.limit(5)` gives {"limit": "5"}."""
    for key in read_fields(fields):
        if key.partition(".")[0] == name:
            return dict(re.findall(r"\.(\w+)\(([^)]*)\)", key))
    return {}


def inner_fields(fields: str, name: str) -> Fields | None:
    """What is asked for inside a nested field; None when it is not asked for."""
    for key, inner in read_fields(fields).items():
        if key.partition(".")[0] == name:
            return inner
    return None


def as_text(fields: Fields) -> str:
    """The tree as it was written."""
    return ",".join(f"{key}{{{as_text(inner)}}}" if inner else key for key, inner in fields.items())


def _read_fields(text: str) -> tuple[Fields, str]:
    fields: Fields = {}
    while text and text[0] != "}":
        found = re.match(r"(\w+(?:\.\w+\([^)]*\))*)(\{)?", text)
        assert found, f"fields that Meta cannot read: {text}"
        name, text = found[1], text[found.end() :]
        inner: Fields = {}
        if found[2]:
            inner, text = _read_fields(text)
            assert text.startswith("}")
            text = text[1:]
        fields[name] = inner
        text = text.removeprefix(",")
    return fields, text


def names_in(fields: Fields) -> Iterator[tuple[str, Fields]]:
    """Each name with its inner tree, modifiers left out."""
    for key, inner in fields.items():
        yield key.partition(".")[0], inner


def _cursor(position: int) -> str:
    return base64.b64encode(f"QVFIU:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("QVFIU:"))
    except ValueError:
        raise GraphError(100, 0, "(#100) Invalid cursors values") from None
