"""The pictures of a reply: small, each with its description, added by dialog, drop or paste."""

from bisect import bisect
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeData, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.replies.picture import Picture, PictureRule
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import clear, column, label, row, tool
from socialdesk.ui.compose.thumbnails import Thumbnails
from socialdesk.ui.plain import dress
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.words import locale

THUMB = 44  # px
JPEG = "image/jpeg"


class PictureRow(QWidget):
    """`changed`: a picture or a description is another one. `turned`: shown or hidden without a
    change. `failed(error)`: one was not taken."""

    changed = Signal()
    turned = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pictures: tuple[Picture, ...] = ()
        self._rule: PictureRule | None = None
        self._thumbnails = Thumbnails(desk, self)
        self._n_asked = 0  # each that is asked for gets the next place
        self._places: list[int] = []  # of `_pictures`: some come before those asked for earlier
        self._n_earlier = 0  # places of another mention, whose pictures are not added to this one's
        self._n_coming = 0  # asked for, under this mention
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._missing, self._smaller = label(tone="warn"), label(tone="dim")
        self._smaller.hide()
        self.setLayout(column(self._lines, self._smaller, self._missing, space=4))
        self.hide()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return self._pictures

    @property
    def n_coming(self) -> int:
        """Asked for and not there yet: a reply must not leave without them."""
        return self._n_coming

    def load(self, pictures: tuple[Picture, ...], rule: PictureRule | None) -> None:
        """Those of a draft, under the limits of the account that will speak."""
        if pictures and (pictures, rule) == (self._pictures, self._rule):
            return  # the same draft again, as it was saved: nobody loses the field they type in
        self._n_earlier, self._n_coming = self._n_asked, 0
        self._places = [self._n_asked] * len(pictures)
        self._rule, self._pictures = rule, pictures
        self._smaller.hide()
        self._show()

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Add pictures"), "", tr("Pictures") + " (*.jpg *.jpeg *.png *.gif *.webp)"
        )
        for name in names:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> None:
        """Copy it into the workspace, smaller when it is too large for the network."""
        self._add(path, self._expect())

    def _expect(self) -> int:
        """One more is coming: its place among all that were asked for."""
        self._n_asked += 1
        self._n_coming += 1
        self._say_coming()
        return self._n_asked

    def _add(self, path: Path, place: int) -> None:
        Waiter(
            self, self._desk.do(AddMedia(str(path), self._max_bytes())),
            partial(self._on_added, place), partial(self._on_refused, place),
        )  # fmt: skip

    def _on_added(self, place: int, done: Done) -> None:
        if place <= self._n_earlier:
            return
        self._n_coming -= 1
        made = Picture(str(done.answer["file"]), str(done.answer["mime"]))
        at = bisect(self._places, place)
        self._places.insert(at, place)
        self._pictures = (*self._pictures[:at], made, *self._pictures[at:])
        self._say_smaller(at, int(done.answer["n_before"]), int(done.answer["n_bytes"]))
        self._show()
        self._focus(at)
        self.changed.emit()

    def _on_refused(self, place: int, error: SocialDeskError) -> None:
        if place > self._n_earlier:
            self._n_coming -= 1
            self._smaller.hide()
            self._say_coming()
        self.failed.emit(error)

    def _say_coming(self) -> None:
        """A large one takes a second to be made smaller."""
        if self._n_coming:
            self._smaller.setText(tr("One moment"))
            self._smaller.show()
        self.setVisible(bool(self._pictures or self._n_coming))
        self.turned.emit()

    def _max_bytes(self) -> int:
        """Beyond which a picture is made smaller; 0 where the network takes no JPEG."""
        return self._rule.max_bytes if self._rule and JPEG in self._rule.types else 0

    def take(self, source: QMimeData) -> bool:
        """What was pasted or dropped, when it holds pictures; False leaves it to the text."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            for file in files:
                self.add_file(file)
            return True
        image = source.imageData() if source.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self._add_image(image)
        return True

    def _add_image(self, image: QImage) -> None:
        from socialdesk.ui.compose.pasted import PastedImage  # only for who pastes

        place = self._expect()
        pasted = PastedImage(image, self)
        pasted.written.connect(lambda path: self._add(path, place))
        pasted.failed.connect(lambda error: self._on_refused(place, error))

    # --- what is shown ---

    def _show(self) -> None:
        clear(self._lines)
        for n, picture in enumerate(self._pictures):
            self._lines.addLayout(self._line(n, picture))
        self._say_missing()
        self._say_coming()

    def _line(self, n: int, picture: Picture) -> QHBoxLayout:
        thumb = label(wraps=False)
        thumb.setFixedSize(THUMB, THUMB)
        thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._thumbnails.show(picture, thumb)
        alt = QLineEdit(picture.alt)
        alt.setPlaceholderText(tr("What the picture shows, for people who do not see it"))
        alt.setAccessibleName(tr("Description of picture {n}", n=n + 1))
        if self._rule is not None and self._rule.max_alt:
            alt.setMaxLength(self._rule.max_alt)
        alt.textEdited.connect(partial(self._on_alt, n))
        away = tool(tr("Remove picture {n}", n=n + 1), partial(self._remove, n), "x")
        line = row(thumb, alt, away)
        line.setStretch(1, 1)
        return line

    def _on_alt(self, n: int, text: str) -> None:
        pictures = list(self._pictures)
        pictures[n] = replace(pictures[n], alt=text)
        self._pictures = tuple(pictures)
        self._say_missing()
        self.changed.emit()

    def _say_smaller(self, at: int, n_before: int, n_after: int) -> None:
        """Bytes, of the picture that came to `at`. What a camera wrote into it is cut away of any;
        that is not told."""
        is_smaller = n_after <= self._max_bytes() < n_before
        self._smaller.setVisible(is_smaller)
        if not is_smaller:
            return
        before, after = _size(n_before), _size(n_after)
        self._smaller.setText(
            tr("Picture {n} was made smaller for this network: {before} to {after}.",
               n=at + 1, before=before, after=after)
        )  # fmt: skip

    def _remove(self, n: int) -> None:
        self._pictures = self._pictures[:n] + self._pictures[n + 1 :]
        del self._places[n]
        self._smaller.hide()
        self._show()
        self.changed.emit()

    def _say_missing(self) -> None:
        """What is wrong with them now: too many for the network, or no description."""
        n_max = self._rule.n_max if self._rule else 0
        n_bare = sum(not one.alt.strip() for one in self._pictures)
        words, tone = "", "warn"
        if self._pictures and not n_max:
            words, tone = tr("This network takes no pictures from here."), "danger"
        elif len(self._pictures) > n_max:
            words = trn("This network takes {n} picture in a post.",
                        "This network takes {n} pictures in a post.", n_max)  # fmt: skip
            tone = "danger"
        elif n_bare:
            words = trn("{n} picture has no description yet.",
                        "{n} pictures have no description yet.", n_bare)  # fmt: skip
        self._missing.setText(words)
        self._missing.setVisible(bool(words))
        dress(self._missing, "tone", tone)

    def _focus(self, at: int) -> None:
        """The description of one of them; fields that are going are children before these."""
        self.findChildren(QLineEdit)[at - len(self._pictures)].setFocus()


def _size(n_bytes: int) -> str:
    """ "3.1 MB", in the language in use."""
    return locale().formattedDataSize(n_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
