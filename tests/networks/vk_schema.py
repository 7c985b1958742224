"""Holds what a fake or a fixture says against the extract of VK's own schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures" / "vk"
SCHEMA: dict[str, Any] = json.loads((FIXTURES / "schema.json").read_text("utf-8"))
_PLAIN = {"number": (int, float), "string": (str,), "boolean": (bool,), "object": (dict,)}


def faults_in(value: Any, kind: str, where: str = "") -> Iterator[str]:
    """What of `value` is not as `kind` says: unknown names and wrong types. `kind`: a name of
    SCHEMA["objects"], a plain type, "a | b", or any of them with []."""
    if kind.endswith("[]"):
        if not isinstance(value, list):
            yield f"{where}: no list"
            return
        for n, one in enumerate(value):
            yield from faults_in(one, kind[:-2], f"{where}[{n}]")
    elif kind in SCHEMA["objects"]:
        yield from faults_of(value, SCHEMA["objects"][kind], where)
    elif kind in _PLAIN:
        is_bool = isinstance(value, bool) and kind != "boolean"
        if is_bool or not isinstance(value, _PLAIN[kind]):
            yield f"{where}: {value!r} is no {kind}"
    elif " | " in kind:
        if all(list(faults_in(value, one, where)) for one in kind.split(" | ")):
            yield f"{where}: {value!r} is none of {kind}"
    elif kind[:1] in '"0123456789' and value != json.loads(kind):
        yield f"{where}: {value!r} is not {kind}"


def faults_of(value: Any, fields: dict[str, str], where: str) -> Iterator[str]:
    """The same for an object with these fields."""
    if not isinstance(value, dict):
        yield f"{where}: no object"
        return
    for name, held in value.items():
        if name not in fields:
            yield f"{where}: has no {name}"
        else:
            yield from faults_in(held, fields[name], f"{where}.{name}")


def response_faults(method: str, response: Any) -> list[str]:
    """Of an answer's `response`."""
    kind = SCHEMA["methods"][method]["response"]
    if isinstance(kind, str):
        return list(faults_in(response, kind, method))
    return list(faults_of(response, kind, method))


def event_faults(event: dict[str, Any]) -> list[str]:
    """Of one update of the long poll."""
    if event["type"] not in SCHEMA["events"]:
        return [f"no event {event['type']}"]
    base, more = SCHEMA["events"][event["type"]]
    fields = {**SCHEMA["objects"].get(base, {}), **more}
    return list(faults_of(event["object"], fields, event["type"]))


def param_faults(method: str, params: dict[str, str]) -> list[str]:
    """Of what was asked; all of it is text there."""
    known = SCHEMA["methods"][method]
    wrong = [f"{method} has no {name}" for name in params if name not in known["params"]]
    wrong += [f"{method} lacks {name}" for name in known["required"] if name not in params]
    for name, text in params.items():
        kind = known["params"].get(name, "string")
        if kind == "number" and not text.lstrip("-").isdigit():
            wrong.append(f"{method}: {name} is no number")
        choices = kind.split(" | ")
        if len(choices) > 1 and not {text, f'"{text}"', "string"} & set(choices):
            wrong.append(f"{method}: {name} is none of {kind}")
    return wrong
