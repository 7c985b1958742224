"""What a search asks X for. Every hit is paid for, so brand words go along where X can say them;
they are looked at again here, by our own rules.

Source: docs.x.com "Build a query", 2026-08: 512 characters on self-serve plans.
"""

from collections.abc import Iterable
from typing import Final

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.rules.brand_words import Word, read_brand_words

MAX_CHARS: Final = 512


def search_query(watch: Watch, own_handle: str) -> str:
    """For KEYWORD and HASHTAG. Raises RefusedError for a watch with nothing to look for."""
    query = _subject(watch)
    if not query:
        raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
    words = read_brand_words(watch.brand_words)
    parts = ["-is:retweet"]
    if own_handle:
        parts.append(f"-from:{own_handle}")
    parts += [f"-{one}" for one in _phrases(words.never)]
    parts += _phrases(words.must)
    if words.any and len(phrases := _phrases(words.any)) == len(words.any):
        parts.append(f"({' OR '.join(phrases)})")
    for part in parts:
        if len(query) + 1 + len(part) <= MAX_CHARS:
            query = f"{query} {part}"
    return query


def _subject(watch: Watch) -> str:
    text = " ".join(watch.query.replace('"', " ").split())[: MAX_CHARS // 2]
    if watch.kind is WatchKind.HASHTAG:
        tag = text.lstrip("#\uff03").replace(" ", "")
        return f"#{tag}" if tag else ""
    if watch.kind is WatchKind.KEYWORD:
        return f'"{text}"' if text else ""
    return ""


def _phrases(words: Iterable[Word]) -> list[str]:
    """Those that X can look for: whole words and phrases, not beginnings of words."""
    texts = [word.text.replace('"', "") for word in words if not word.is_start]
    return [f'"{text}"' for text in texts if text.strip()]
