"""The button that says and changes the order of a list."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from socialdesk.domain.queue.rows import ORDERS, Order, View
from socialdesk.i18n import tr
from socialdesk.ui.icons import set_icon
from socialdesk.ui.words import order_word


class OrderButton(QToolButton):
    """`chosen(Order)`: by its menu."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_icon(self, "list-filter")

    def show_orders(self, view: View, now: Order) -> None:
        """Those the view has; `now`: the one in use."""
        old = self.menu()
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order in ORDERS.get(view, (Order.NEWEST,)):
            action = menu.addAction(order_word(order))
            action.setCheckable(True)
            action.setChecked(order is now)
            action.triggered.connect(lambda _=False, order=order: self.chosen.emit(order))
            group.addAction(action)
        self.setMenu(menu)
        self.setAccessibleName(tr("Order"))
        self.setToolTip(tr("Order: {name}", name=order_word(now)))
        if old is not None:
            old.deleteLater()
