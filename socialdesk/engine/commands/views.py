"""Saved views as a list: their order, and the order of each one's mentions."""

from socialdesk.domain.frozen import frozen


@frozen
class OrderViews:
    """By their ids, from top to bottom."""

    view_ids: tuple[int, ...]


@frozen
class SetViewOrder:
    """In which order its list opens: value of `domain.queue.rows.Order`, "" = the usual one."""

    view_id: int
    order: str


ViewsCommand = OrderViews | SetViewOrder
