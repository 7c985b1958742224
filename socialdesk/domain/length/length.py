"""How long a text is, as each network counts it."""

import re
from collections.abc import Iterator
from enum import Enum

from socialdesk.domain.frozen import frozen
from socialdesk.domain.length.length_threads import threads_length


class Unit(Enum):
    """What a network counts."""

    GRAPHEME = "grapheme"  # what a person calls a character (UAX #29)
    CODE_POINT = "code_point"
    UTF16 = "utf16"
    UTF8 = "utf8"
    THREADS = "threads"  # characters, but an emoji as its bytes
    WEIGHTED = "weighted"  # as X: CJK and emoji 2, a link 23


@frozen
class LengthRule:
    """`limit` of `unit`s. `url_length`: what each link counts, 0 = as written. `local_mentions`:
    @user@host counts as @user. `max_bytes`: a second limit in UTF-8 bytes, 0 = none.
    `with_warning`: a content warning counts too."""

    limit: int
    unit: Unit = Unit.CODE_POINT
    url_length: int = 0
    local_mentions: bool = False
    max_bytes: int = 0
    with_warning: bool = False


def count(text: str, rule: LengthRule, warning: str = "") -> int:
    """How many of the rule's units the text takes, its content warning included where it counts.

    Links are found as twitter-text finds them (https only with a named host, closing punctuation
    left out), but any letters pass for a top-level domain: a made-up one is counted too short.
    """
    counted = text
    if rule.url_length:
        counted = _with_links_of(counted, rule.url_length)
    if rule.local_mentions:
        counted = _REMOTE_MENTION.sub(r"\1@\2", counted)
    n = _units(counted, rule.unit)
    return n + _units(warning, rule.unit) if rule.with_warning else n


def remaining(text: str, rule: LengthRule, warning: str = "") -> int:
    """How many more units fit; negative when it is too long, by either limit."""
    left = rule.limit - count(text, rule, warning)
    if rule.max_bytes:
        left = min(left, rule.max_bytes - _units(text, Unit.UTF8))
    return left


def _units(text: str, unit: Unit) -> int:
    match unit:
        case Unit.GRAPHEME:
            return _graphemes(text)
        case Unit.CODE_POINT:
            return len(text)
        case Unit.UTF16:
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case Unit.UTF8:
            return len(text.encode("utf-8", "surrogatepass"))
        case Unit.THREADS:
            return threads_length(text)
        case Unit.WEIGHTED:
            from socialdesk.domain.length.weighted import (
                weighted_length,  # only for who writes on X
            )

            return weighted_length(text)


def _graphemes(text: str) -> int:
    if text.isascii():
        return len(text) - text.count("\r\n")
    import regex  # type: ignore[import-untyped]  # 30 ms; plain English never needs it

    return sum(1 for _ in regex.finditer(r"\X", text))


# --- links and mentions, as Mastodon counts them. Source: mastodon/mastodon
# app/validators/status_length_validator.rb and twitter-text's valid_url ---

_REMOTE_MENTION = re.compile(r"(^|[^/\w])@([a-z0-9_]++)@[a-z0-9.\-]*[a-z0-9]", re.IGNORECASE)
_LETTERS = r"a-z0-9\u0400-\u04ff\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0300-\u036f\u1e00-\u1eff"
_IN_PATH = rf"[{_LETTERS}!*';:=+,.$/%#\[\]\-\u2013_~@|&]"
_PATH_TAIL = "!*';:,.$%[]\u2013~@|&"  # never the last character of a link
_QUERY_TAIL = "!?*'@();:+$%[].,~|"
_LINK = re.compile(
    rf"(?<![a-z0-9@＠$#＃])https?://(?:(?!-)[\w\-]++(?<!-)\.)+"
    rf"(?:xn--[\w\-]+|[^\W\d_]{{2,}})(?![0-9a-z@])(?::\d++)?"
    rf"(?:/(?:{_IN_PATH}|\({_IN_PATH}*+\))*)?",  # possessive, it goes wrong in Python 3.11.2
    re.IGNORECASE,
)
_QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*+", re.IGNORECASE)


def _links(text: str) -> Iterator[tuple[int, int]]:
    """Where the links begin and end."""
    for found in _LINK.finditer(text):
        start, end = found.span()
        path_end = start + len(found[0].rstrip(_PATH_TAIL))
        query = _QUERY.match(text, end) if path_end == end else None
        if query:
            words = query[0].rstrip(_QUERY_TAIL)
            path_end = end + len(words) if len(words) > 1 else end
        yield start, path_end


def _with_links_of(text: str, length: int) -> str:
    parts, done = [], 0
    for start, end in _links(text):
        parts += [text[done:start], "x" * length]
        done = end
    return "".join((*parts, text[done:]))
