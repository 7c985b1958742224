"""No expression of the program uses what some of the Pythons it runs on get wrong."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import socialdesk


def all_patterns() -> list[tuple[str, re.Pattern[Any]]]:
    """Every compiled expression that stands in a module of the program."""
    return [
        (f"{found.name}.{name}", value)
        for found in pkgutil.walk_packages(socialdesk.__path__, "socialdesk.")
        if not found.name.endswith("__main__")
        for name, value in vars(importlib.import_module(found.name)).items()
        if isinstance(value, re.Pattern)
    ]


def has_possessive_group(parsed: Any) -> bool:
    """A group, not a single character or class, followed by *+, ++ or ?+."""
    for op, args in parsed:
        parts = [part for part in _flat(args) if hasattr(part, "data")]
        if str(op) == "POSSESSIVE_REPEAT" and not _is_single(args[2]):
            return True
        if any(has_possessive_group(part) for part in parts):
            return True
    return False


def _flat(args: Any) -> Iterator[Any]:
    if isinstance(args, tuple | list):
        for one in args:
            yield from _flat(one)
    else:
        yield args


def _is_single(parsed: Any) -> bool:
    return len(parsed) == 1 and str(parsed[0][0]) in {"IN", "LITERAL", "NOT_LITERAL", "ANY"}


def test_no_group_is_possessive() -> None:
    """Python 3.11 before 3.11.5, Debian 12's among them, matches wrongly after one (gh-106052)."""
    parse = importlib.import_module("re._parser").parse
    patterns = all_patterns()
    assert len(patterns) > 50
    wrong = [name for name, p in patterns if has_possessive_group(parse(p.pattern, p.flags))]
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "is_wrong"),
    [("(?:ab)*+", True), ("(x(?:ab|c)?+)y", True), ("a*+[bc]++.?+", False), ("(?:ab)*", False)],
)
def test_the_guard_knows_a_possessive_group(pattern: str, is_wrong: bool) -> None:
    parse = importlib.import_module("re._parser").parse
    assert has_possessive_group(parse(pattern)) is is_wrong
