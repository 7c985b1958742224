"""The pictures of replies, small: made by the engine, so that no window waits for a large one."""

from base64 import b64decode
from functools import partial
from math import ceil

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.replies.picture import Picture
from socialdesk.engine.commands.answering import MakeThumbnail
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.icons import pixmap
from socialdesk.ui.plain import tip
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.theme import tokens

MOST = 50  # that are remembered
ICON = 20  # px

Key = tuple[str, int]  # a file, and px of its longer side


class Thumbnails(QObject):
    """Of one screen, each made once. Until it is there, and where there can be none, a sign of a
    file stands in its place."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: dict[Key, bytes] = {}
        self._waiting: dict[Key, list[QLabel]] = {}

    def show(self, picture: Picture, where: QLabel) -> None:
        """In `where`, at its size; the description is what is heard and the tip."""
        said = picture.alt or tr("A picture without a description")
        where.setAccessibleName(said)
        where.setToolTip(tip(said))
        where.setPixmap(pixmap("file-text", tokens(where.palette()).dim, ICON))
        side = ceil(max(where.width(), where.height()) * where.devicePixelRatioF())
        key = (picture.file, side)
        if (png := self._made.get(key)) is not None:
            _put(png, where)
        elif key in self._waiting:
            self._waiting[key].append(where)
        else:
            self._waiting[key] = [where]
            future = self._desk.do(MakeThumbnail(*key))
            Waiter(self, future, partial(self._take, key), partial(self._forget, key))

    def _take(self, key: Key, done: Done) -> None:
        png = b64decode(str(done.answer["png"]))
        if len(self._made) >= MOST:
            self._made.pop(next(iter(self._made)))
        self._made[key] = png
        for where in self._waiting.pop(key):
            if isValid(where):  # its screen may show another reply by now
                _put(png, where)

    def _forget(self, key: Key, _error: SocialDeskError) -> None:
        """The next one who shows it asks again."""
        self._waiting.pop(key)


def _put(png: bytes, where: QLabel) -> None:
    shown = QPixmap()
    if png and shown.loadFromData(png):
        shown.setDevicePixelRatio(where.devicePixelRatioF())
        where.setPixmap(shown)
