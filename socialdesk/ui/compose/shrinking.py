"""A picture that is too large for a network, made smaller in the window before it is taken.

Measured on two cores: a photo of 24 million pixels takes 0.3 s, a PNG of that size 0.5 s.
"""

from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from socialdesk.domain.picture import PictureRule

JPEG: Final = "image/jpeg"
LONGEST_SIDE: Final = 2560  # px; no network here shows more
QUALITY: Final = 85  # of 100
# Pixels of what is read at all: a JPEG is decoded at a fraction of its size, anything else whole.
MAX_JPEG, MAX_OTHER = 100_000_000, 24_000_000
ROUNDS: Final = 6
ROOM: Final = 0.92  # aim a little below the limit: bytes do not follow the area exactly


class Shrunk(NamedTuple):
    """`path`: a new file, to be removed by the caller; bytes of the one before and of this one."""

    path: Path
    n_before: int
    n_after: int


def shrink(path: Path, rule: PictureRule | None) -> Shrunk | None:
    """None when it may go as it is, or cannot be made small enough: it then goes on as it is and is
    refused with the reason. What moves is left alone; what is see-through lies on white after."""
    if rule is None or JPEG not in rule.types:
        return None
    try:
        n_before = path.stat().st_size
    except OSError:
        return None
    if n_before <= rule.max_bytes:
        return None
    image = _read(path)
    content = None if image is None else _fitting(image, rule.max_bytes)
    if content is None:
        return None
    from tempfile import NamedTemporaryFile  # only for who adds a large one

    with NamedTemporaryFile(suffix=".jpg", delete=False) as file:
        file.write(content)
    return Shrunk(Path(file.name), n_before, len(content))


def _read(path: Path) -> QImage | None:
    """Upright, at most LONGEST_SIDE, without transparency."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    most = MAX_JPEG if bytes(reader.format().data()) == b"jpeg" else MAX_OTHER
    if not size.isValid() or size.width() * size.height() > most:
        return None
    if reader.supportsAnimation() and reader.imageCount() != 1:
        return None
    if max(size.width(), size.height()) > LONGEST_SIDE:
        keep = Qt.AspectRatioMode.KeepAspectRatio
        reader.setScaledSize(size.scaled(LONGEST_SIDE, LONGEST_SIDE, keep))
    image = reader.read()
    return None if image.isNull() else _on_white(image)


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image
    made = QImage(image.size(), QImage.Format.Format_RGB32)
    made.setColorSpace(image.colorSpace())
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.drawImage(0, 0, image)
    painter.end()
    return made


def _fitting(image: QImage, max_bytes: int) -> bytes | None:
    """As JPEG of at most so many bytes: each round as much smaller as the last was too large."""
    for _ in range(ROUNDS):
        content = _encoded(image)
        if len(content) <= max_bytes:
            return content
        width = int(image.width() * ROOM * (max_bytes / len(content)) ** 0.5)
        if width < 1:
            return None
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    return None


def _encoded(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    writer.write(image)
    return bytes(content.data())
