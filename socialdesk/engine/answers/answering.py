"""What answers the questions about replies on their way, promises and pictures."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries import answering as q
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.outbox import outbox_rows, promises

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListPromises: lambda c, x, now: promises.list_promises(
        c, only_open=x.only_open, mention_id=x.mention_id
    ),
    q.ReadBegunWith: lambda c, x, now: outbox_rows.read_begun_with(c, x.outbox_id),
}
