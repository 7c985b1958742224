"""A network's own picture of a rating, drawn at the height of a line."""

import re
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

HEIGHT: Final = 16  # px
MAX_WIDTH: Final = 160  # px: five bubbles or stars in a row
DENSITY: Final = 2
MAX_PIXELS: Final = 1_000_000  # of a picture that is shown 16 px high

_RASTER: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
# Qt opens what an <image> names, by its path and on Windows from other machines too; an entity may
# hide one. A packed SVG is read by no one here: it begins as none of these do.
_OPENS_FILES: Final = re.compile(rb"<\s*(?:[\w.-]+:)?image\b|<!ENTITY|<\?xml-stylesheet", re.I)


def rating_pixmap(data: bytes) -> QPixmap | None:
    """`data`: SVG, PNG, JPEG, GIF or WebP; None when it is none. Its shape is kept."""
    if data.startswith(_RASTER):
        drawn = _read(data)
    else:
        drawn = _drawn(data) if b"<svg" in data[:1024] else None
    if drawn is not None:
        drawn.setDevicePixelRatio(DENSITY)
    return drawn


def _drawn(svg: bytes) -> QPixmap | None:
    if svg[:2] == b"\x1f\x8b" or _OPENS_FILES.search(svg):
        return None
    renderer = QSvgRenderer(QByteArray(svg))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        return None
    pixmap = QPixmap(_fitting(size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    return pixmap


def _read(data: bytes) -> QPixmap | None:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()  # before anything is unpacked: a small file can hold a huge picture
    if not size.isValid() or size.width() * size.height() > MAX_PIXELS:
        return None
    pixmap = QPixmap.fromImage(reader.read())
    if pixmap.size().isEmpty():
        return None
    return pixmap.scaled(
        _fitting(pixmap.size()),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _fitting(size: QSize) -> QSize:
    """As high as a line, in device pixels."""
    most = QSize(MAX_WIDTH, HEIGHT) * DENSITY
    return size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
