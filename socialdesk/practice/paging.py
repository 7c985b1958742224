"""Pages of one of the server's lists, by min_id, since_id and max_id, with a Link header."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from socialdesk.practice.content import SERVER
from socialdesk.practice.remote_ids import order
from socialdesk.practice.wire import Ask

T = TypeVar("T")
_PAGING = ("min_id", "since_id", "max_id")


def page(
    ask: Ask, there: Sequence[T], id_of: Callable[[T], str], *, usual: int, most: int
) -> tuple[list[T], str]:
    """The page asked for, newest first, and its Link header ("" when the page is empty).

    `there`: in order of id, oldest first. `min_id` starts at the oldest newer ones and leaves no
    gap; `since_id` takes the newest and may leave one. Source: "Pagination" page of the API.
    """
    limit = ask.number("limit", usual, most)
    bounds = {name: order(ask.one(name)) for name in _PAGING if ask.one(name)}
    low = max(bounds.get("min_id", (0, "")), bounds.get("since_id", (0, "")))
    found = [one for one in there if order(id_of(one)) > low]
    if "max_id" in bounds:
        found = [one for one in found if order(id_of(one)) < bounds["max_id"]]
    chosen = found[:limit] if "min_id" in bounds else found[-limit:]
    chosen.reverse()
    return chosen, _links(ask, [id_of(one) for one in chosen])


def _links(ask: Ask, ids: list[str]) -> str:
    if not ids:
        return ""
    kept = {name: values for name, values in ask.values.items() if name not in _PAGING}

    def link(relation: str, name: str, remote_id: str) -> str:
        query = urlencode({**kept, name: [remote_id]}, doseq=True)
        return f'<{SERVER}{ask.path}?{query}>; rel="{relation}"'

    return f"{link('next', 'max_id', ids[-1])}, {link('prev', 'min_id', ids[0])}"
