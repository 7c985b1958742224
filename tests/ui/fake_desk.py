"""A desk with scripted answers, for what a real store cannot be made to do: hang, fail, die.

Everything else is tested with the real desk. Times are ms UTC; `NOW` is when the tests play.
"""

from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from socialdesk.domain.changes import Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import AuthorCard, Badge, Detail, Listing, QueueRow, ThreadPost
from socialdesk.domain.rules.words_trial import WordsTrial
from socialdesk.engine import queries as q
from socialdesk.engine.commands import Command
from socialdesk.engine.desk import Done, EngineState, Listener, Notice
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.brand_words import TryBrandWords

NOW = 1_795_255_200_000  # 2026-11-21 10:00 UTC
MINUTE = 60_000


def a_row(number: int = 1, **changes: Any) -> QueueRow:
    """A mention in the queue; `number` makes its id, author and words."""
    row = QueueRow(
        id=number, network="mastodon", author=f"Ann {number}", handle=f"@ann{number}@pond.example",
        body=f"Where is my order {number}?", at=NOW - number * MINUTE, due_at=NOW + 18 * MINUTE,
        status=Status.NEW,
    )  # fmt: skip
    return replace(row, **changes)


def a_detail(row: QueueRow, **changes: Any) -> Detail:
    """What the detail pane reads of `row`: a thread of that one post."""
    post = ThreadPost(row.id, row.author, row.handle, row.body, row.at)
    detail = Detail(
        row=row, account_id=1, account="@shop@pond.example", kind=Kind.MENTION, title="",
        body=row.body, url=f"https://pond.example/{row.id}", lang="en",
        visibility=Visibility.PUBLIC, warning="", n_stars=0, can_reply=CanReply.API,
        reply_note="", thread=(post,), notes=(), draft=None, card=None, parent_remote_id="",
    )  # fmt: skip
    return replace(detail, **changes)


def an_author(row: QueueRow, **changes: Any) -> AuthorCard:
    """What the context pane reads of `row`'s author."""
    card = AuthorCard(
        id=row.id, network=row.network, name=row.author, handle=row.handle,
        url="https://pond.example/@ann", n_followers=120, is_bot=False, is_vip=row.is_vip,
        is_muted=False, first_seen_at=row.at, n_mentions=1, n_replies=0, recent=(row,),
    )  # fmt: skip
    return replace(card, **changes)


class FakeDesk:
    """`rows_by_id` is the queue; `answers` and `outcomes` say, by type, what else is answered: a
    value, an error to fail with, or a function of the query or command. `commands` and `queries`
    are what was asked. While `is_holding`, futures stay open until `release()`."""

    def __init__(self, rows: Sequence[QueueRow] = ()) -> None:
        self.rows_by_id = {row.id: row for row in rows}
        self.answers: dict[type, Any] = {}
        self.outcomes: dict[type, Any] = {}
        self.commands: list[Command] = []
        self.queries: list[Any] = []
        self.listeners: list[Listener] = []
        self.is_holding = False
        self.is_closed = False
        self._held: list[Callable[[], None]] = []

    def ask(self, query: Query[Any]) -> "Future[Any]":
        self.queries.append(query)
        return self._settle(self.answers.get(type(query), self._own_answer), query, lambda v: v)

    def rows(self, ids: Sequence[int]) -> list[QueueRow]:
        assert len(ids) <= 100
        return [self.rows_by_id.get(i, QueueRow(id=i, network="")) for i in ids]

    def do(self, command: Command, command_id: str = "") -> "Future[Done]":
        self.commands.append(command)
        return self._settle(
            self.outcomes.get(type(command), Done()),
            command,
            lambda v: v if isinstance(v, Done) else Done(answer=v),
        )

    def listen(self, listener: Listener) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def close(self) -> None:
        self.is_closed = True

    def tell(self, told: Changes | Notice | EngineState) -> None:
        """As the engine would."""
        for listener in list(self.listeners):
            listener(told)

    def release(self) -> None:
        """Settle what was held, in order."""
        self.is_holding = False
        held, self._held = self._held, []
        for settle in held:
            settle()

    def asked(self, kind: type) -> list[Any]:
        """The questions of one type."""
        return [query for query in self.queries if type(query) is kind]

    def did(self, kind: type) -> list[Any]:
        """The commands of one type."""
        return [command for command in self.commands if type(command) is kind]

    def _settle(self, script: Any, said: Any, shape: Callable[[Any], Any]) -> "Future[Any]":
        future: Future[Any] = Future()

        def settle() -> None:
            try:
                value = script(said) if callable(script) else script
            except SocialDeskError as e:
                value = e
            if isinstance(value, Exception):
                future.set_exception(value)
            else:
                future.set_result(shape(value))

        if self.is_holding:
            self._held.append(settle)
        else:
            settle()
        return future

    def _own_answer(self, query: Any) -> Any:
        match query:
            case q.ListMentions():
                found = [r.id for r in self.rows_by_id.values() if query.search in r.body]
                return Listing(array("q", found), len(found))
            case q.ReadRows():
                return self.rows(query.ids)
            case q.ReadDetail():
                row = self.rows_by_id.get(query.mention_id)
                return row and a_detail(row)
            case q.ReadAuthor():
                row = self.rows_by_id.get(query.mention_id)
                return row and an_author(row)
            case q.CountViews():
                return [Badge("needs_reply", len(self.rows_by_id))]
            case q.IsAnythingWatched():
                return False
            case q.CountPerHour():
                return [0] * query.hours
            case q.ReadSettings():
                return {}
            case q.PeekUndo():
                return ("", "")
            case TryBrandWords():
                return WordsTrial(0, 0)
            case _:
                return []
