"""Makes the program's icons from its drawing: `python -m resources.installer.icon`.

PNG for Linux and macOS, ICO for Windows. The ICO holds bitmaps, which every reader of icons knows,
and a PNG for the one of 256 px, as Windows does itself. Needs no screen.
"""

import os
import struct
import sys
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER: Final = Path(__file__).parents[1] / "icons" / "app"
SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)  # px
BITMAPS: Final = (16, 24, 32, 48)  # px, in the ICO
LARGE: Final = 256  # px, in the ICO; its one byte of width says 0
_HEAD, _ENTRY, _BITMAP = "<HHH", "<BBBBHHII", "<IiiHHIIiiII"


def drawn(drawing: bytes, size: int) -> QImage:
    """The SVG as a square of `size` px."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(image.rect()))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs know names and devices
    return bytes(buffer.data().data())


def bitmap(image: QImage) -> bytes:
    """The picture as an ICO holds it: BGRA from the bottom row up, then a mask that hides nothing.

    Source: "Icons", Windows resource file formats.
    """
    size, mask_row = image.width(), (image.width() + 31) // 32 * 4
    head = struct.pack(_BITMAP, 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    pixels = bytes(image.constBits())  # ARGB32 lies as BGRA in memory
    rows = [pixels[n * size * 4 : (n + 1) * size * 4] for n in reversed(range(size))]
    return head + b"".join(rows) + bytes(mask_row * size)


def ico(pictures: dict[int, bytes]) -> bytes:
    """An ICO of `pictures` by their size in px."""
    offset = struct.calcsize(_HEAD) + struct.calcsize(_ENTRY) * len(pictures)
    entries = b""
    for size, data in pictures.items():
        side = size % LARGE
        entries += struct.pack(_ENTRY, side, side, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return struct.pack(_HEAD, 0, 1, len(pictures)) + entries + b"".join(pictures.values())


def files() -> dict[str, bytes]:
    """Every made file by its name."""
    drawing = (FOLDER / "socialdesk.svg").read_bytes()
    pictures = {size: png(drawn(drawing, size)) for size in SIZES}
    bitmaps = {size: bitmap(drawn(drawing, size)) for size in BITMAPS}
    return {f"socialdesk-{size}.png": data for size, data in pictures.items()} | {
        "socialdesk.ico": ico({**bitmaps, LARGE: pictures[LARGE]})
    }


def main() -> int:
    """Write them."""
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)
    return int(app is None)


if __name__ == "__main__":
    raise SystemExit(main())
