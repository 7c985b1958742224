"""Saved views as a list: their order, and the order of each one's mentions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderViews:
    """By their ids, from top to bottom."""

    view_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetViewOrder:
    """In which order its list opens: value of `domain.rows.Order`, "" = the usual one."""

    view_id: int
    order: str


ViewsCommand = OrderViews | SetViewOrder
