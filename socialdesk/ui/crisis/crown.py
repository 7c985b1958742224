"""The bar and the title of an incident on a window beside the main one."""

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QWidget

from socialdesk.engine.desk import Desk
from socialdesk.ui.crisis.banner import Banner
from socialdesk.ui.crisis.words import title_note


def crown(window: QWidget, desk: Desk, now: Callable[[], int]) -> Banner:
    """On top of `window`, which has a box layout; its title says the same. No buttons: what is
    chosen there opens in the main window."""
    banner, title = Banner(desk, now, window, is_wall=True), window.windowTitle()
    layout = window.layout()
    if isinstance(layout, QBoxLayout):
        layout.insertWidget(0, banner)

    def tell() -> None:
        note = title_note(banner.watch.standings, now())
        window.setWindowTitle(f"{note} · {title}" if note else title)

    banner.watch.changed.connect(tell)
    banner.watch.ticked.connect(tell)
    return banner
