"""Pictures too large for a network: made smaller, upright and whole, or left alone."""

import random

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from socialdesk.domain.picture import PictureRule
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.pictures import JPEG, kind_of
from socialdesk.engine.queries.answering import MediaFolder
from socialdesk.ui.compose.pictures import PictureRow
from socialdesk.ui.compose.shrinking import LONGEST_SIDE, shrink
from tests.ui.compose.looks import shoot
from tests.ui.fake_desk import FakeDesk

LIMIT = 200_000
RULE = PictureRule(4, LIMIT, ("image/png", "image/jpeg", "image/gif"), 100)


def noise(width: int, height: int, kind: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """No encoder makes it small."""
    image = QImage(random.Random(7).randbytes(width * height * 4), width, height, kind)
    return image.copy()


@pytest.fixture
def large(tmp_path):
    """A photo of 1200 x 900, 800 KB or so."""
    path = tmp_path / "photo.jpg"
    assert noise(1200, 900).save(str(path), quality=90)
    assert path.stat().st_size > 2 * LIMIT
    return path


def test_it_is_made_as_small_as_the_network_takes(qapp, large):
    made = shrink(large, RULE)
    assert made is not None
    content = made.path.read_bytes()
    made.path.unlink()
    assert (made.n_before, made.n_after) == (large.stat().st_size, len(content))
    assert LIMIT / 2 < len(content) <= LIMIT
    assert kind_of(content) == JPEG
    image = QImage.fromData(content)
    assert image.width() / image.height() == pytest.approx(1200 / 900, rel=0.01)


def test_a_wide_one_is_read_at_the_longest_side(qapp, tmp_path):
    path = tmp_path / "wide.png"
    noise(LONGEST_SIDE + 800, 300).save(str(path))
    made = shrink(path, PictureRule(1, 2_000_000, ("image/jpeg",)))
    assert made is not None
    assert QImage(str(made.path)).width() == LONGEST_SIDE
    made.path.unlink()


def test_what_is_see_through_lies_on_white(qapp, tmp_path):
    image = noise(600, 600, QImage.Format.Format_ARGB32)
    for x in range(200):
        for y in range(200):
            image.setPixelColor(x, y, QColor(0, 0, 0, 0))
    image.save(str(tmp_path / "logo.png"))
    made = shrink(tmp_path / "logo.png", RULE)
    assert made is not None
    assert QImage(str(made.path)).pixelColor(20, 20).lightness() > 240
    made.path.unlink()


@pytest.mark.parametrize("rule", [
    None, PictureRule(4, 10**9, ("image/jpeg",)), PictureRule(4, LIMIT, ("image/png",)),
])  # fmt: skip
def test_what_may_go_or_cannot_be_a_jpeg_is_left_alone(qapp, large, rule):
    assert shrink(large, rule) is None


@pytest.mark.qt_log_ignore("JPEG")  # of the torn one
def test_what_moves_is_no_picture_or_is_not_there_is_left_alone(qapp, tmp_path):
    torn, frame = tmp_path / "torn.jpg", b"\x21\xf9\4\0\1\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    torn.write_bytes(b"\xff\xd8\xff" + bytes(LIMIT + 1))
    film = tmp_path / "film.gif"
    head = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
    film.write_bytes(head + frame * 2 + b";" + bytes(LIMIT))
    for path in (torn, film, tmp_path / "gone.jpg", tmp_path):
        assert shrink(path, RULE) is None


def test_the_operator_is_told_and_no_file_is_left(qtbot, theme, large, tmp_path):
    desk, taken = FakeDesk(), []
    desk.answers[MediaFolder] = tmp_path

    def take(command):
        taken.append((command.path, (tmp_path / command.path).stat().st_size))
        return {"file": "ab" * 32 + ".jpg", "mime": JPEG, "n_bytes": 1}

    desk.outcomes[AddMedia] = take
    row = PictureRow(desk, None)  # type: ignore[arg-type]
    qtbot.addWidget(row)
    row.resize(560, 110)
    row.load((), RULE)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(large))])
    assert row.take(data)
    qtbot.waitUntil(lambda: len(row.pictures) == 1)
    ((path, n_bytes),) = taken
    assert n_bytes <= LIMIT
    assert not (tmp_path / path).exists() and large.exists()
    said = row._smaller.text()
    assert "made smaller" in said and "kB to" in said and row._smaller.isVisible()
    for picture in shoot(theme, row, "picture-made-smaller"):
        assert picture.stat().st_size > 1_000
    row._remove(0)
    assert not row._smaller.isVisible()
