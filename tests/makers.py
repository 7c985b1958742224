"""Ready-made values for tests; invented people on `.example` hosts. Name only what matters."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from socialdesk.domain.mentions.mention import Author, Mention
from tests.fakes import NOON

_numbers = count(1)


def an_author(who: str = "ann", /, **facts: Any) -> Author:
    """The same `who` is the same person."""
    values: dict[str, Any] = {
        "remote_id": f"https://pond.example/users/{who}",
        "handle": f"@{who}@pond.example",
        "name": who.capitalize(),
    }
    return Author(**(values | facts))


def a_mention(
    body: str = "Are you open on Sunday?",
    *,
    author: str | Author = "ann",
    n: int | None = None,
    at: int = NOON - 60_000,
    **facts: Any,
) -> Mention:
    """A new post each time; the same `n` is the same post. `at`: published, ms UTC."""
    n = next(_numbers) + 1_000_000 if n is None else n
    values: dict[str, Any] = {
        "uri": f"https://pond.example/posts/{n}",
        "remote_id": str(n),
        "author": an_author(author) if isinstance(author, str) else author,
        "body": body,
        "published_at": datetime.fromtimestamp(at // 1000, UTC).replace(
            microsecond=at % 1000 * 1000
        ),
    }
    return Mention(**(values | facts))


def wall_time(start: int, end: int) -> int:
    """Milliseconds between two times in the business hours of a shop that never closes."""
    return max(0, end - start)
