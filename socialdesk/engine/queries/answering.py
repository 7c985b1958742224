"""Questions about replies on their way, promises, and the pictures of a reply."""

from socialdesk.domain.crisis.promise import PromiseRow
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.reply import BegunWith
from socialdesk.engine.queries.base import Query


@frozen
class ListPromises(Query[list[PromiseRow]]):
    """By the time they are due. `mention_id`: those made to its author in its thread."""

    only_open: bool = True
    mention_id: int = 0


@frozen
class ReadBegunWith(Query[BegunWith]):
    """The approved words a reply on its way was begun with."""

    outbox_id: int
