"""Whether requests and answers are as Google's discovery documents have them: a validator for the
little of JSON schema that these use. The documents come from tests/tools/extract_discovery.py."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

FIXTURES = Path(__file__).parents[1] / "fixtures"
_WHOLE = {"int32": 32, "uint32": 32, "int64": 64, "uint64": 64}
_KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list,
    "object": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Discovery:
    """The documents of one network."""

    documents: tuple[dict[str, Any], ...]

    def problems_of_request(self, request: requests.PreparedRequest) -> list[str]:
        """What is wrong with a request's path, parameters and body; [] when nothing is."""
        found = self._method(request)
        if found is None:
            return [f"no method for {request.method} {urlsplit(str(request.url)).path}"]
        document, method = found
        query = parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True)
        problems = list(_parameters(method.get("parameters", {}), query))
        if "request" in method:
            body = json.loads(request.body or b"null")
            problems += self._value(document, method["request"], body, "body")
        elif request.body:
            problems.append("a body where none is taken")
        return problems

    def problems_of_answer(self, request: requests.PreparedRequest, answer: Any) -> list[str]:
        """What is wrong with the answer to a request."""
        found = self._method(request)
        if found is None:
            return ["no method"]
        document, method = found
        if "response" not in method:
            return [] if answer in (None, b"") else ["an answer where none is given"]
        return list(self._value(document, method["response"], answer, "answer"))

    def problems_of(self, schema: str, value: Any) -> list[str]:
        """What is wrong with a value of a named schema."""
        document = next(d for d in self.documents if schema in d["schemas"])
        return list(self._value(document, {"$ref": schema}, value, schema))

    def _method(
        self, request: requests.PreparedRequest
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        url = urlsplit(str(request.url))
        for document in self.documents:
            if urlsplit(document["rootUrl"]).netloc != url.netloc:
                continue
            for method in document["methods"].values():
                path = re.sub(r"\{\w+\}", "[^/]+", "/" + method["flatPath"])
                if method["httpMethod"] == request.method and re.fullmatch(path, url.path):
                    return document, method
        return None

    def _value(
        self, document: dict[str, Any], schema: dict[str, Any], value: Any, where: str
    ) -> Iterator[str]:
        if "$ref" in schema:
            schema = document["schemas"][schema["$ref"]]
        if not _is_of_kind(value, schema["type"]):
            yield f"{where}: no {schema['type']}"
        elif schema["type"] == "object":
            properties = schema.get("properties", {})
            for key, inner in value.items():
                if key in properties:
                    yield from self._value(document, properties[key], inner, f"{where}.{key}")
                else:
                    yield f"{where}.{key}: unknown"
        elif schema["type"] == "array":
            for n, inner in enumerate(value):
                yield from self._value(document, schema["items"], inner, f"{where}[{n}]")
        else:
            yield from _scalar(schema, value, where)


@lru_cache
def discovery(network: str) -> Discovery:
    """The documents kept for `network`: Google's own, and what we wrote where there is none."""
    paths = sorted((FIXTURES / network).glob("discovery*.json"))
    files = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return Discovery(tuple(document for file in files for document in file["documents"]))


def _parameters(known: dict[str, Any], query: list[tuple[str, str]]) -> Iterator[str]:
    names = [name for name, _ in query]
    for name, schema in known.items():
        if schema.get("required") and schema["location"] == "query" and name not in names:
            yield f"{name}: missing"
        if names.count(name) > 1 and not schema.get("repeated"):
            yield f"{name}: given twice"
    for name, text in query:
        if name not in known or known[name]["location"] != "query":
            yield f"{name}: unknown parameter"
            continue
        schema = known[name]
        for one in text.split(",") if schema.get("repeated") else [text]:
            yield from _parameter(schema, one, name)


def _parameter(schema: dict[str, Any], text: str, name: str) -> Iterator[str]:
    if not text:
        yield f"{name}: empty"
    if schema["type"] == "boolean" and text not in ("true", "false"):
        yield f"{name}: no boolean"
    if schema["type"] == "integer":
        low, high = int(schema.get("minimum", 0)), int(schema.get("maximum", 2**31))
        if not text.isdigit() or not low <= int(text) <= high:
            yield f"{name}: not within {low} and {high}"
    yield from _scalar({**schema, "type": "string"}, text, name)


def _scalar(schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: not one of {schema['enum']}"
    kind = schema.get("format", "")
    if kind in _WHOLE and schema["type"] == "string" and isinstance(value, str):
        if not re.fullmatch(r"-?\d+", value):
            yield f"{where}: no number"
    if kind in ("date-time", "google-datetime") and not _is_time(value):
        yield f"{where}: no time with a zone"


def _is_of_kind(value: Any, kind: str) -> bool:
    if kind in ("integer", "number") and isinstance(value, bool):
        return False
    return isinstance(value, _KINDS[kind])


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
