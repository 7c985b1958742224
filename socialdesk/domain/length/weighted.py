"""How long X counts a text: Latin, Cyrillic and most other letters 1, CJK and all else 2, an emoji
however long its sequence 2, a link 23.

Source: twitter-text, config v3 and its URL rules, whose conformance cases all pass. 2026-11: not
twitter-text-parser 3.0.0, which counts the same: it needs `pkg_resources` (gone from setuptools
82), 250 ms to be imported and 1.7 ms a key.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

LINK: Final = 23
EMOJI: Final = 2

_LIGHT: Final = "\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037"  # weight 1
_HEAVY: Final = re.compile(f"[^{_LIGHT}]")
_MAYBE_EMOJI: Final = re.compile(f"[^{_LIGHT}]|[\xa9\xae]")  # (c) and (r) are emoji too
_DOT_INSIDE: Final = re.compile(r"[^\s.]\.[^\s.]")

_ACCENTS: Final = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\xff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    r"\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_NO_HOST: Final = (  # what no host's name holds; hyphen, underscore and dot are added below
    r"\s!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3000\ufffe\ufeff"
    r"\uffff"
)
_WITH_SCHEME: Final = re.compile(
    rf"(?<![a-z0-9@\uff20$#\uff03])https?://(?=[^\-_.{_NO_HOST}])(?:[^{_NO_HOST}.]+\.)+",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"(?<![a-z0-9@\uff20$#\uff03\-_./])(?=[^-])(?:[a-z0-9\-{_ACCENTS}]+\.)+", re.IGNORECASE
)
_NOT_AFTER: Final = re.compile(r"[0-9a-z@+\-]", re.IGNORECASE)  # a top-level domain
_PUNYCODE: Final = re.compile(r"xn--[\-0-9a-z]+", re.IGNORECASE)
_TOP_CHARS: Final = 24  # the longest top-level domain, and some

_LABEL_CHARS: Final = 63  # RFC 1035 §2.3.4
_T_CO: Final = re.compile(r"https?://t\.co/([a-z0-9]+)", re.IGNORECASE)  # X's own
_T_CO_CHARS: Final = 40

_IN_PATH: Final = rf"[a-z0-9\u0400-\u04ff!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTS}]"
_PATH_TAIL: Final = "!*';:,.$%[]\u2013~@|&"  # never the last character of a link
_QUERY_TAIL: Final = "!?*'@();:+$%[].,~|"
_PORT_AND_PATH: Final = re.compile(
    rf"(?::[0-9]+)?(/(?:{_IN_PATH}|\({_IN_PATH}*\))*)?", re.IGNORECASE
)
_QUERY: Final = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]+", re.IGNORECASE)


def weighted_length(text: str) -> int:
    """The length that X holds against its limit of 280."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n")
    n_links = 0
    if _DOT_INSIDE.search(text):
        text, n_links = _without_links(text)
    n_emoji = 0
    if not text.isascii() and _MAYBE_EMOJI.search(text):
        text, n_emoji = _emoji().subn("", text)
    n_heavy = 0 if text.isascii() else len(_HEAVY.findall(text))
    return LINK * n_links + EMOJI * n_emoji + len(text) + n_heavy


def has_link(text: str) -> bool:
    """Whether X sees a link in the text: a post with one costs more."""
    return next(links(text), None) is not None


def _without_links(text: str) -> tuple[str, int]:
    """The rest in which nothing new meets, and how many links were taken out."""
    spans = list(links(text))
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return "".join(text[a:b] for a, b in zip(ends, starts, strict=True)), len(spans)


def links(text: str) -> Iterator[tuple[int, int]]:
    """Where the links begin and end, also those without https:// before them."""
    at = 0
    while True:
        candidates = (_WITH_SCHEME.search(text, at), _BARE.search(text, at))
        found = min((one for one in candidates if one), key=lambda one: one.start(), default=None)
        if found is None:
            return
        at = found.start() + 1
        host_end = _host_end(text, found)
        if not host_end:
            continue
        start, short = found.start(), _T_CO.match(text, found.start())
        at = short.end() if short else _link_end(text, start, host_end)
        if not short or len(short[1]) <= _T_CO_CHARS:
            yield start, at


def _host_end(text: str, labels: "re.Match[str]") -> int:
    """Where the host ends: with the last label that is a top-level domain; 0 when none is."""
    dot = labels.end() - 1
    while dot > labels.start():
        top = _top_domain(text, dot + 1)
        if top and _is_host(text[labels.start() : dot]):
            return dot + 1 + top
        dot = text.rfind(".", labels.start(), dot)
    return 0


def _is_host(labels: str) -> bool:
    """Whether these are labels of a host's name, the top-level domain left out."""
    _, _, host = labels.rpartition("://")
    parts = host.split(".")
    if any(part[0] in "-_" or part[-1] in "-_" for part in parts) or "_" in parts[-1]:
        return False
    try:
        return max(len(part) for part in host.encode("idna").split(b".")) <= _LABEL_CHARS
    except UnicodeError:  # a label is too long, or has no punycode
        return False


def _top_domain(text: str, start: int) -> int:
    """How many characters from `start` are a top-level domain; 0 = none."""
    from socialdesk.domain.length.top_domains import (
        TOP_DOMAINS,  # texts without a dot never need it
    )

    punycode = _PUNYCODE.match(text, start)
    if punycode:
        return len(punycode[0])
    label = text[start : start + _TOP_CHARS].lower()
    for n in range(len(label), 1, -1):
        if label[:n] in TOP_DOMAINS and not _NOT_AFTER.match(text, start + n):
            return n
    return 0


def _link_end(text: str, start: int, host_end: int) -> int:
    """Where the port, the path and the query after a host end. Without https:// only a path makes
    more of a link than its host."""
    found = _PORT_AND_PATH.match(text, host_end)
    assert found is not None  # it may be empty
    if not found[1] and "://" not in text[start:host_end]:
        return host_end
    end = found.end()
    if found[1]:
        end = found.start(1) + max(1, len(found[1].rstrip(_PATH_TAIL)))
    query = _QUERY.match(text, end)
    if query is None:
        return end
    words = query[0].rstrip(_QUERY_TAIL)
    return end + len(words) if len(words) > 1 else end


@cache
def _emoji() -> Any:
    """Emoji sequences: flags, keycaps, with skin colour, joined, tagged. 30 ms to be imported; no
    text in Latin or Cyrillic letters needs it."""
    import regex  # type: ignore[import-untyped]

    one = (
        r"[\p{Emoji}--[0-9#*\U0001f1e6-\U0001f1ff]](?:\p{EMod}|\uFE0F)?"
        r"(?:[\U000E0020-\U000E007E]+\U000E007F)?"
    )
    return regex.compile(
        rf"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\uFE0F?\u20E3|{one}(?:\u200d{one})*",
        regex.VERSION1,
    )
