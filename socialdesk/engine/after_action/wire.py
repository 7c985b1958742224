"""The report as JSON, and back: the form that is frozen and hashed."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from socialdesk.domain.crisis.after_action import (
    VERSION,
    AfterAction,
    Earlier,
    FactLine,
    LogLine,
    Number,
    TaskLine,
    TextLine,
    ToldLine,
)
from socialdesk.domain.journal import canonical_json


def json_of(a: AfterAction) -> str:
    """One spelling: the same report always has the same bytes."""
    return canonical_json({"socialdesk_after_action": VERSION, **asdict(a)})


def read_json(text: str) -> AfterAction:
    """What `json_of` wrote. Raises ValueError on anything else."""
    found = json.loads(text)
    if not isinstance(found, dict) or found.pop("socialdesk_after_action", None) != VERSION:
        raise ValueError("not a report of this program")
    try:
        return AfterAction(**_parts(found))
    except (TypeError, KeyError, AttributeError) as e:
        raise ValueError(f"not a whole report: {e}") from e


def _parts(found: Mapping[str, Any]) -> dict[str, Any]:
    lists = {"log": LogLine, "facts": FactLine, "audiences": ToldLine, "tasks": TaskLine,
             "earlier": Earlier}  # fmt: skip
    made: dict[str, Any] = dict(found)
    for name, kind in lists.items():
        made[name] = tuple(kind(**row) for row in found[name])
    made["numbers"] = {key: Number(**row) for key, row in found["numbers"].items()}
    made["statements"] = tuple(_text(row) for row in found["statements"])
    made["waiting"] = tuple(found["waiting"])
    return made


def _text(row: Mapping[str, Any]) -> TextLine:
    looks, where = (tuple(map(tuple, row[name])) for name in ("looks", "where"))
    return TextLine(**{**row, "looks": looks, "where": where, "facts": tuple(row["facts"])})
