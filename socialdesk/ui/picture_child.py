"""The picture child: one picture in, a smaller one out. Exit code 0, or 1 when it cannot be.

`socialdesk --picture fit IN OUT BYTES`: a JPEG of at most so many bytes, for a network.
`socialdesk --picture thumbnail IN OUT PX`: a PNG in a square of so many pixels, to be shown.
`socialdesk --picture pack FORMAT WIDTH HEIGHT OUT`: a PNG of the pixels on standard input, in a
`QImage.Format` of 4 bytes each.

Measured on two cores: a photo of 24 million pixels takes 0.3 s, a PNG of that size 0.5 s.
"""

import os
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QImageWriter, QPainter

LONGEST_SIDE: Final = 2560  # px; no network here shows more
QUALITY: Final = 85  # of 100
FAST_PNG: Final = 90  # of 100: level 1 of zlib, 5 times as fast as the default, a tenth larger
# Pixels of what is read at all: a JPEG is decoded at a fraction of its size, anything else whole.
MAX_JPEG, MAX_OTHER = 100_000_000, 24_000_000
ROUNDS: Final = 6
ROOM: Final = 0.92  # aim a little below the limit: bytes do not follow the area exactly


def fit(path: Path, max_bytes: int) -> bytes | None:
    """As JPEG, upright, what is see-through on white. None for what moves, is no picture, or cannot
    be made so small."""
    image = _read(path, LONGEST_SIDE, moves=False)
    return None if image is None else _fitting(_on_white(image), max_bytes)


def thumbnail(path: Path, side: int) -> bytes | None:
    """As PNG, upright, at most `side` px wide and high; of what moves the first picture. None for
    what is no picture or unpacks to too much."""
    image = _read(path, side, moves=True)
    return None if image is None else _encoded(image, b"png")


def pack(pixels: bytes, kind: QImage.Format, width: int, height: int) -> bytes | None:
    """As PNG. `pixels`: row by row, 4 bytes each. None when some are missing: the window ended
    meanwhile."""
    if not pixels or len(pixels) != 4 * width * height:
        return None
    return _encoded(QImage(pixels, width, height, kind), b"png", FAST_PNG)


def _read(path: Path, longest: int, *, moves: bool) -> QImage | None:
    """Upright, at most `longest` px. `moves`: what does is read too."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    most = MAX_JPEG if bytes(reader.format().data()) == b"jpeg" else MAX_OTHER
    if not size.isValid() or size.width() * size.height() > most:
        return None
    if not moves and reader.supportsAnimation() and reader.imageCount() != 1:
        return None
    if max(size.width(), size.height()) > longest:
        scaled = size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(scaled.expandedTo(QSize(1, 1)))  # of a line there would be none
    image = reader.read()
    return None if image.isNull() else image


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
        content = _encoded(image, b"jpeg", QUALITY)
        if len(content) <= max_bytes:
            return content
        width = int(image.width() * ROOM * (max_bytes / len(content)) ** 0.5)
        if width < 1:
            return None
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    return None


def _encoded(image: QImage, kind: bytes, quality: int = -1) -> bytes:
    """`quality`: of 100; -1 = as Qt likes."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(content.data())


def run(args: list[str]) -> int:
    """The child process. `args`: as above. What it makes is its owner's only."""
    app = QGuiApplication([])
    match args:
        case ["fit", source, target, n] if n.isdecimal():
            content = fit(Path(source), int(n))
        case ["thumbnail", source, target, n] if n.isdecimal():
            content = thumbnail(Path(source), int(n))
        case ["pack", kind, width, height, target] if (kind + width + height).isdecimal():
            with open(0, "rb", closefd=False) as given:
                content = pack(given.read(), QImage.Format(int(kind)), int(width), int(height))
        case _:
            return 1
    app.quit()
    return 0 if content is not None and _write(content, Path(target)) else 1


def _write(content: bytes, target: Path) -> bool:
    """A new file; nothing stays of one that the disk has no room for."""
    try:
        with open(target, "xb", opener=partial(os.open, mode=0o600)) as file:
            file.write(content)
    except FileExistsError:
        return False
    except OSError:
        target.unlink(missing_ok=True)
        return False
    return True
