"""Pictures too large for a network: made smaller, upright and whole, or left alone."""

import errno
import random
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from socialdesk.engine.sending.pictures import JPEG, kind_of
from socialdesk.ui import picture_child
from socialdesk.ui.picture_child import LONGEST_SIDE, fit, pack, thumbnail

LIMIT = 200_000  # bytes


def noise(width: int, height: int, kind: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """No encoder makes it small."""
    image = QImage(random.Random(7).randbytes(width * height * 4), width, height, kind)
    return image.copy()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A photo of 1200 x 900, 800 KB or so."""
    path = tmp_path / "photo.jpg"
    assert noise(1200, 900).save(str(path), quality=90)
    assert path.stat().st_size > 2 * LIMIT
    return path


def test_it_is_made_as_small_as_the_network_takes(qapp, large):
    content = fit(large, LIMIT)
    assert content is not None
    assert LIMIT / 2 < len(content) <= LIMIT
    assert kind_of(content) == JPEG
    image = QImage.fromData(content)
    assert image.width() / image.height() == pytest.approx(1200 / 900, rel=0.01)


def test_a_wide_one_is_read_at_the_longest_side(qapp, tmp_path):
    path = tmp_path / "wide.png"
    noise(LONGEST_SIDE + 800, 300).save(str(path))
    content = fit(path, 2_000_000)
    assert content is not None
    assert QImage.fromData(content).width() == LONGEST_SIDE


def test_what_is_see_through_lies_on_white(qapp, tmp_path):
    image = noise(600, 600, QImage.Format.Format_ARGB32)
    for x in range(200):
        for y in range(200):
            image.setPixelColor(x, y, QColor(0, 0, 0, 0))
    image.save(str(tmp_path / "logo.png"))
    content = fit(tmp_path / "logo.png", LIMIT)
    assert content is not None
    assert QImage.fromData(content).pixelColor(20, 20).lightness() > 240


@pytest.mark.promise(26)
@pytest.mark.qt_log_ignore("JPEG")  # of the torn one
def test_what_moves_is_no_picture_or_is_not_there_is_left_alone(qapp, tmp_path):
    torn, frame = tmp_path / "torn.jpg", b"\x21\xf9\4\0\1\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    torn.write_bytes(b"\xff\xd8\xff" + bytes(LIMIT + 1))
    film = tmp_path / "film.gif"
    head = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
    film.write_bytes(head + frame * 2 + b";" + bytes(LIMIT))
    for path in (torn, film, tmp_path / "gone.jpg", tmp_path):
        assert fit(path, LIMIT) is None
    assert thumbnail(film, 40) is not None
    for path in (torn, tmp_path / "gone.jpg", tmp_path):
        assert thumbnail(path, 40) is None


@pytest.mark.parametrize(("width", "height"), [(1200, 900), (900, 1200), (3000, 3)])
def test_a_thumbnail_keeps_its_shape_in_the_square(qapp, tmp_path, width, height):
    noise(width, height).save(str(tmp_path / "photo.png"))
    png = thumbnail(tmp_path / "photo.png", 96)
    assert png is not None
    image = QImage.fromData(png)
    assert max(image.width(), image.height()) == 96
    assert image.width() >= image.height() if width >= height else image.width() < image.height()


def test_a_small_picture_is_not_blown_up(qapp, tmp_path):
    noise(20, 10).save(str(tmp_path / "icon.png"))
    png = thumbnail(tmp_path / "icon.png", 96)
    assert png is not None
    assert QImage.fromData(png).size().toTuple() == (20, 10)


@pytest.mark.parametrize("kind", [QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32])
def test_pixels_are_packed_as_they_are(qapp, kind):
    image = noise(30, 20, kind)
    content = pack(bytes(image.constBits()), kind, 30, 20)
    assert content is not None
    assert QImage.fromData(content) == image


def test_pixels_of_a_window_that_ended_meanwhile_are_no_picture(qapp):
    assert pack(bytes(4 * 30 * 19), QImage.Format.Format_RGB32, 30, 20) is None
    assert pack(b"", QImage.Format.Format_RGB32, 0, 0) is None


def test_half_a_picture_does_not_stay_where_the_disk_is_full(tmp_path, monkeypatch):
    class Full:
        """What was opened takes nothing more."""

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def write(self, content):
            raise OSError(errno.ENOSPC, "no room")

    def opened(target, *_, **__):
        target.write_bytes(b"half")
        return Full()

    target = tmp_path / "made.png"
    monkeypatch.setattr(picture_child, "open", opened, raising=False)
    assert not picture_child._write(b"whole", target)
    assert not target.exists()


def test_what_is_there_is_not_written_over(tmp_path):
    target = tmp_path / "made.png"
    assert picture_child._write(b"first", target)
    assert not picture_child._write(b"second", target)
    assert target.read_bytes() == b"first"
