"""The printing child: HTML in, PDF out, A4. `socialdesk --pdf IN OUT`; exit code 0 or 1.

Qt's rich text knows no SVG, so each inline drawing is rendered by QSvgRenderer and put in as an
image. Nothing is read but IN: a document that asks for another file or address gets nothing.
"""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from socialdesk.ui.theme import FAMILIES

MARGIN_MM = 15.0
DPI = 300
LAYOUT_DPI = 96.0  # of the units a document is laid out in
SHARP = 3.0  # pixels of a drawing per unit
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_POLICY = re.compile(r"<meta[^>]*>")


class Page(QTextDocument):
    """The document. `drawings`: what its images are, by name."""

    def __init__(self, html: str, width: float) -> None:
        super().__init__()
        self.drawings: dict[str, QImage] = {}
        self.setUndoRedoEnabled(False)
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(10)
        self.setDefaultFont(font)
        self.setDocumentMargin(0)
        self.setHtml(_DRAWING.sub(lambda found: self._image(found[0], width), _plain(html)))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only our own drawings; never a file, never an address."""
        known = self.drawings.get(name.toString() if isinstance(name, QUrl) else name)
        return known if known is not None else QByteArray()

    def _image(self, drawing: str, width: float) -> str:
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        size = QSizeF(renderer.defaultSize())
        if size.isEmpty():
            return ""
        scale = min(1.0, width / size.width())
        image = QImage((size * SHARP).toSize(), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        renderer.render(painter, QRectF(image.rect()))
        painter.end()
        name = f"drawing:{len(self.drawings)}"
        self.drawings[name] = image
        w, h = size.width() * scale, size.height() * scale
        return f'<img src="{name}" width="{w:.0f}" height="{h:.0f}">'


def _plain(html: str) -> str:
    """Without what rich text shows as words: <section> and <bdi> are blocks it does not know."""
    text = _POLICY.sub("", html).replace("<bdi>", "").replace("</bdi>", "")
    return text.replace("<section>", "<div>").replace("</section>", "</div>")


def print_page(html: str, target: Path, title: str = "") -> int:
    """How many pages were written."""
    writer = QPdfWriter(str(target))
    writer.setCreator("SocialDesk")
    writer.setTitle(title)
    writer.setResolution(DPI)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    scale = DPI / LAYOUT_DPI
    size = QSizeF(writer.width() / scale, writer.height() / scale)
    document = Page(html, size.width())
    document.setPageSize(size)
    keep_headings(document)
    painter = QPainter(writer)
    painter.scale(scale, scale)
    n_pages = document.pageCount()
    for n in range(n_pages):
        if n:
            writer.newPage()
        paint_page(document, painter, n)
    painter.end()
    return n_pages


def keep_headings(document: QTextDocument) -> None:
    """No heading at the foot of a page with what it names on the next: it goes along. (Qt's rich
    text has a break before a block, but no *keep with the next*.)"""
    height, layout = document.pageSize().height(), document.documentLayout()
    document.pageCount()  # lays out to the end: a change before leaves blocks without a height
    block = document.begin()
    while block.isValid():
        following = block.next()
        if block.blockFormat().headingLevel() and following.isValid():
            here, there = (layout.blockBoundingRect(b) for b in (block, following))
            if here.top() // height != (there.bottom() - 1) // height and here.top() % height:
                broken = block.blockFormat()
                broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(broken)
                document.pageCount()
        block = following


def paint_page(document: QTextDocument, painter: QPainter, n: int) -> None:
    """The `n`-th page, from 0, and nothing of the others."""
    size = document.pageSize()
    painter.save()
    top = n * size.height()
    painter.translate(0, -top)
    document.drawContents(painter, QRectF(0, top, size.width(), size.height()))
    painter.restore()


def run(args: list[str]) -> int:
    """The child process. `args`: IN and OUT."""
    if len(args) != 2:
        return 1
    source, target = Path(args[0]), Path(args[1])
    app = QGuiApplication([])
    html = source.read_text(encoding="utf-8")
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    n_pages = print_page(html, target, found[1] if found else "")
    app.quit()
    return 0 if n_pages and target.stat().st_size else 1
