"""Regular expressions of people, kept from running away.

2026-11: `regex` with its `timeout`, not google-re2. It is in the lock already (it counts letters),
so nothing native comes in, and it has look-around and Unicode classes. A usual expression takes
6 µs a mention; the evil ones of `tests/engine/rules/test_patterns.py` were ended after 10 to 31 ms
(re2 would have taken no time at all, that is the cost). What a timeout does not end is compiling:
nested counted repeats are unrolled ("a{999999999}" ran out of memory), so their product is limited.
"""

import re
from functools import lru_cache
from math import prod
from typing import Any, Final

from socialdesk.domain.rules.rule import Field, Rule
from socialdesk.domain.rules.rule_check import RuleFault
from socialdesk.domain.rules.rule_run import TooSlowError

TIMEOUT_S: Final = 0.010
MAX_PATTERN_CHARS: Final = 300
MAX_REPEATS: Final = 10_000  # product of the numbers in braces; compiled in at most 70 ms
MAX_TEXT_CHARS: Final = 10_000  # of a mention; a feed's entry may have 65,536
_COUNTED: Final = re.compile(r"\{(\d*),?(\d*)\}")


class BadPatternError(ValueError):
    """No expression can be made of it. `code`: long, repeats, syntax; `at`: character, -1 = none.
    `detail`: what the library says, in English."""

    def __init__(self, code: str, detail: str = "", at: int = -1) -> None:
        super().__init__(code)
        self.code, self.detail, self.at = code, detail, at


def compiled(pattern: str) -> Any:
    """The expression. Raises BadPatternError."""
    if len(pattern) > MAX_PATTERN_CHARS:
        raise BadPatternError("long", str(MAX_PATTERN_CHARS))
    if _repeats(pattern) > MAX_REPEATS:
        raise BadPatternError("repeats", str(MAX_REPEATS))
    return _compiled(pattern)


@lru_cache(256)
def _compiled(pattern: str) -> Any:
    import regex  # type: ignore[import-untyped]  # ships no types; 20 ms that no start needs

    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.VERSION1)
    except regex.error as e:
        raise BadPatternError("syntax", str(e.msg), -1 if e.pos is None else int(e.pos)) from e
    except (RecursionError, MemoryError, OverflowError, ValueError, KeyError, IndexError) as e:
        raise BadPatternError("syntax", type(e).__name__) from e


def pattern_faults(rule: Rule) -> list[RuleFault]:
    """The expressions that cannot be compiled, each with what is wrong and where."""
    found = []
    for g, group in enumerate(rule.groups):
        for n, condition in enumerate(group.conditions):
            if condition.field is not Field.PATTERN or len(condition.values) != 1:
                continue
            try:
                compiled(str(condition.values[0]))
            except BadPatternError as e:
                where = f"{e.detail} ({e.at + 1})" if e.at >= 0 else e.detail
                found.append(RuleFault(f"pattern_{e.code}", where, g, n))
    return found


def finds(pattern: str, text: str) -> bool:
    """Whether it occurs in the first MAX_TEXT_CHARS of `text`. Raises TooSlowError, and
    BadPatternError for what was never checked."""
    try:
        return compiled(pattern).search(text[:MAX_TEXT_CHARS], timeout=TIMEOUT_S) is not None
    except TimeoutError as e:
        raise TooSlowError(pattern) from e
    except MemoryError as e:  # it kept more ways open than there is room for
        raise TooSlowError(pattern) from e


class Found:
    """`finds` that remembers: what was asked before a transaction costs nothing inside it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool | None] = {}  # None: too slow

    def __call__(self, pattern: str, text: str) -> bool:
        key = pattern, text[:MAX_TEXT_CHARS]
        if key not in self._known:
            try:
                self._known[key] = finds(pattern, text)
            except TooSlowError:
                self._known[key] = None
        known = self._known[key]
        if known is None:
            raise TooSlowError(pattern)
        return known


def _repeats(pattern: str) -> int:
    """What the numbers in braces multiply to, taken as if each stood inside the one before."""
    counts = (max(int(low[:9] or 1), int(high[:9] or 1)) for low, high in _COUNTED.findall(pattern))
    return prod(max(1, n) for n in counts)
