"""The program's icons are those of its drawing, and Windows can read them."""

import struct

import pytest
from PySide6.QtGui import QImage

from resources.installer import icon

NEAR = 8  # of 255: another version of Qt may round an edge otherwise


@pytest.mark.parametrize("size", icon.SIZES)
def test_a_picture_is_the_drawing_at_its_size(size: int, qapp: object) -> None:
    drawing = (icon.FOLDER / "socialdesk.svg").read_bytes()
    made = icon.drawn(drawing, size)
    kept = QImage(str(icon.FOLDER / f"socialdesk-{size}.png"))
    assert (kept.width(), kept.height()) == (size, size)
    kept = kept.convertToFormat(made.format())
    ours, theirs = bytes(made.constBits()), bytes(kept.constBits())
    assert max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) <= NEAR


def test_the_windows_icon_has_every_size(qapp: object) -> None:
    data = (icon.FOLDER / "socialdesk.ico").read_bytes()
    reserved, kind, n = struct.unpack_from("<HHH", data)
    assert (reserved, kind) == (0, 1)
    heads = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * i) for i in range(n)]
    assert [head[0] or icon.LARGE for head in heads] == [*icon.BITMAPS, icon.LARGE]
    for *_, size, offset in heads:
        assert len(data[offset : offset + size]) == size
    assert not QImage(str(icon.FOLDER / "socialdesk.ico")).isNull()
