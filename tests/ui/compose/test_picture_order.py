"""The pictures of a reply stand as they were added, whichever is ready first."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from socialdesk.engine.commands.answering import AddMedia, MakeThumbnail
from socialdesk.ui.compose.pictures import PictureRow
from tests.ui.fake_desk import FakeDesk
from tests.ui.pngs import a_png


def test_one_that_comes_late_takes_the_place_it_was_added_at(qtbot, theme):
    desk, parent = FakeDesk(), QWidget()
    qtbot.addWidget(parent)
    desk.outcomes[MakeThumbnail] = {"png": a_png("darkcyan")}
    desk.outcomes[AddMedia] = lambda command: {
        "file": command.path, "mime": "image/png", "n_bytes": 1, "n_before": 1,
    }  # fmt: skip
    pictures = PictureRow(desk, parent)
    parent.show()
    desk.is_holding = True
    for name in ("a.png", "b.png", "c.png"):
        pictures.add_file(Path(name))
    desk._held.reverse()
    desk.release()
    qtbot.waitUntil(lambda: len(pictures.findChildren(QLineEdit)) == 3)
    assert [one.file for one in pictures.pictures] == ["a.png", "b.png", "c.png"]
    pictures._remove(1)
    assert [one.file for one in pictures.pictures] == ["a.png", "c.png"]
    pictures.add_file(Path("d.png"))
    qtbot.waitUntil(lambda: len(pictures.pictures) == 3)
    assert [one.file for one in pictures.pictures] == ["a.png", "c.png", "d.png"]
