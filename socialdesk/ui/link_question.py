"""A link that somebody else wrote: where it leads is shown before a browser opens it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.browser import open_url
from socialdesk.ui.plain import isolated, opened, shown


def ask_to_open(url: str, parent: QWidget, tell: Callable[[str], None]) -> None:
    """`tell(text)`: why it was not opened."""
    link = opened(url)
    if link is None:
        tell(tr("This address is not opened: it is no web or mail address."))
        return

    def go() -> None:
        if not open_url(url):
            tell(tr("No browser opened. The address: {url}", url=shown(url)[:300]))

    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Open {host} in the browser?", host=isolated(link.host)))
    box.setInformativeText(shown(link.url)[:1000])
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Open)
    box.button(QMessageBox.StandardButton.Open).clicked.connect(go)
    box.open()
