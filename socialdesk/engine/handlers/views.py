"""Saved views as a list: their order, and the order of each one's mentions."""

from typing import Final

from socialdesk.engine.commands.views import OrderViews, SetViewOrder
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.triage import saved_views


def order_views(tx: Transaction, command: OrderViews, person: int) -> Outcome:
    return saved_views.order_views(tx, command.view_ids, person), {}


def set_view_order(tx: Transaction, command: SetViewOrder, person: int) -> Outcome:
    return saved_views.set_list_order(tx, command.view_id, command.order, person), {}


HANDLERS: Final[dict[type, Handler]] = {OrderViews: order_views, SetViewOrder: set_view_order}
