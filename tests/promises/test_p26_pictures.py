"""Promise 26: a picture that is a bomb, torn, of another kind or moving is refused or shown still;
what it would unpack to is looked at first, so no memory is taken for it."""

import gzip
import struct
import tracemalloc
import zlib
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QImageReader

from socialdesk.domain.errors import CommandError
from socialdesk.engine.sending.media import add_media
from socialdesk.ui.panels.rating import rating_pixmap
from socialdesk.ui.picture_child import MAX_OTHER, fit, thumbnail

SIDE = 50_000
ROOM = 96  # px
ALLOCATION_MB = 256
QT_WORDS = "."  # what libpng and its like say of each picture

pytestmark = [pytest.mark.promise(26), pytest.mark.qt_log_ignore(QT_WORDS)]


def chunk(kind: bytes, body: bytes) -> bytes:
    checked = kind + body
    return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(side: int) -> bytes:
    """All black, one bit a pixel: 50,000 x 50,000 packs into 300 kB."""
    row = b"\0" * (1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def written(kind: str, side: int = 64) -> bytearray:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # the stub asks for bytes
    return bytearray(bytes(buffer.data().data()))


def bombs() -> dict[str, bytes]:
    """Whole or with a head that lies about its size."""
    jpeg = written("JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", SIDE, SIDE)
    webp = written("WEBP")
    gif = b"GIF89a" + struct.pack("<HH", SIDE, SIDE) + b"\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0"
    gif += struct.pack("<HH", SIDE, SIDE) + b"\0\2\2\x44\1\0;"
    bmp = b"BM" + struct.pack("<IHHI", 60, 0, 0, 54)
    bmp += struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(6)
    vp8x = struct.pack("<I", SIDE - 1)[:3] * 2
    webp = bytearray(b"RIFF" + struct.pack("<I", 30 + len(webp) - 12) + b"WEBPVP8X"
                     + struct.pack("<I", 10) + b"\0\0\0\0" + vp8x) + webp[12:]  # fmt: skip
    return {"png": png(SIDE), "jpeg": bytes(jpeg), "gif": gif, "webp": bytes(webp), "bmp": bmp}


BOMBS = bombs()


def peak_mb(act) -> tuple[object, float]:
    tracemalloc.start()
    try:
        done = act()
        return done, tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_neither_shown_nor_made_smaller(qapp, tmp_path: Path, kind, trials) -> None:
    path = tmp_path / "picture.png"  # the name says nothing
    path.write_bytes(BOMBS[kind])
    for act in (lambda: thumbnail(path, ROOM), lambda: fit(path, 1_000),
                lambda: rating_pixmap(BOMBS[kind])):  # fmt: skip
        done, peak = peak_mb(act)
        assert done is None
        assert peak < 50
        trials.add()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP"])
def test_torn_and_changed_ones_never_hang_or_fall(qapp, tmp_path: Path, kind, trials) -> None:
    dice, whole, path = Random(kind), written(kind), tmp_path / "picture"
    for _ in range(100):
        content = bytearray(whole)
        if dice.random() < 0.5:
            del content[dice.randrange(1, len(content)) :]
        else:
            for _ in range(dice.randrange(1, 9)):
                content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content)
        png, rating = thumbnail(path, ROOM), rating_pixmap(bytes(content))
        small = QImage() if png is None else QImage.fromData(png)
        assert png is None or 0 < max(small.width(), small.height()) <= ROOM
        assert rating is None or rating.height() <= 64
        trials.add()


def test_what_is_no_picture_of_ours_is_not_taken(qapp, tmp_path: Path, trials) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    others = [
        svg,
        gzip.compress(svg),
        b"<html>",
        b"%PDF-1.7",
        b"MZ\x90",
        BOMBS["bmp"],
        b"II*\0",
        b"",
    ]
    for content in others:
        (tmp_path / "picture.png").write_bytes(content)
        with pytest.raises(CommandError):
            add_media(tmp_path / "media", tmp_path / "picture.png")
        trials.add()


def test_what_moves_is_shown_still(qapp, tmp_path: Path) -> None:
    frame = b"\x21\xf9\4\0\1\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    path = tmp_path / "film.gif"
    path.write_bytes(b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 50 + b";")
    shown = thumbnail(path, ROOM)
    assert shown is not None and not QImage.fromData(shown).isNull()
    assert fit(path, 10) is None


def test_qt_itself_takes_no_more_than_its_limit(qapp) -> None:
    assert 0 < QImageReader.allocationLimit() <= ALLOCATION_MB
    assert MAX_OTHER * 4 <= ALLOCATION_MB * 1_000_000
