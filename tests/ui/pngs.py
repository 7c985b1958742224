"""Thumbnails as the engine gives them."""

from base64 import b64encode

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage


def a_png(colour: str = "darkgoldenrod") -> str:
    """44 x 33 px of one colour, in base64."""
    image = QImage(44, 33, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes
    return b64encode(buffer.data().data()).decode()
