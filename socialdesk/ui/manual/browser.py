"""Shows one page of the manual; loads nothing but the manual's own pictures."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.browser import open_url
from socialdesk.ui.manual.pages import PAGES, Page
from socialdesk.ui.theme import tokens

PICTURE_PX = 680  # as wide as a picture is shown; the file has more for sharp screens
HEADING_PX = 18  # above one
_PICTURES = "pictures"


class ManualBrowser(QTextBrowser):
    """`page_asked(name)`: a link to another page was followed."""

    page_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = Path()
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Page of the manual"))
        self.document().setDocumentMargin(20)
        self.anchorClicked.connect(self._on_link)

    def show_page(self, shown: Page) -> None:
        self._folder = shown.folder
        self.document().setMarkdown(shown.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._draw_tables()
        self._draw_headings()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Raises nothing: what is no picture of ours is empty."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        return _picture(self._folder, QUrl(name).path())

    def _draw_tables(self) -> None:
        line = QBrush(QColor(tokens(self.palette()).line))
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setCellPadding(6)
                form.setBorder(1)
                form.setBorderCollapse(True)
                form.setBorderBrush(line)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)

    def _draw_headings(self) -> None:
        """More room above a heading than below it: it belongs to what follows."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1:
                form = block.blockFormat()
                form.setTopMargin(HEADING_PX)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def _on_link(self, url: QUrl) -> None:
        name = url.path().removesuffix(".md")
        if url.scheme():
            open_url(url.toString())
        elif name in PAGES:
            self.page_asked.emit(name)


def _picture(folder: Path, path: str) -> QImage:
    """A picture beside the pages, as wide as it is shown."""
    file = Path(path)
    if file.parts[:-1] != (_PICTURES,) or file.suffix != ".webp":
        return QImage(1, 1, QImage.Format.Format_ARGB32)
    image = QImage(str(folder / _PICTURES / file.name))
    if image.width() > PICTURE_PX:
        image.setDevicePixelRatio(image.width() / PICTURE_PX)
    return image
