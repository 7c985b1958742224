"""The pictures of a reply: small, each with its description, added by dialog, drop or paste."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.picture import Picture, PictureRule
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.answering import MediaFolder
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import clear, column, label, row, tool
from socialdesk.ui.compose.shrinking import Shrunk, shrink
from socialdesk.ui.icons import pixmap
from socialdesk.ui.plain import dress, tip
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import locale

THUMB = 44  # px
MAX_DECODED = 24_000_000  # pixels; a larger one shows no thumbnail, so that no window waits for it
MAX_PASTED = 12_000_000  # pixels of a pasted image; a larger one is made smaller
FAST_PNG = 90  # of 100: level 1 of zlib, 5 times as fast as the default and a tenth larger


class PictureRow(QWidget):
    """`changed`: a picture or a description is another one. `failed(error)`: one was not taken."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pictures: tuple[Picture, ...] = ()
        self._rule: PictureRule | None = None
        self._folder: Path | None = None
        self._n_loaded = 0  # pictures of another mention are not added to this one's
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._missing, self._smaller = label(tone="warn"), label(tone="dim")
        self._smaller.hide()
        self.setLayout(column(self._lines, self._smaller, self._missing, space=4))
        self.hide()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return self._pictures

    def load(self, pictures: tuple[Picture, ...], rule: PictureRule | None) -> None:
        """Those of a draft, under the limits of the account that will speak."""
        if pictures and (pictures, rule) == (self._pictures, self._rule):
            return  # the same draft again, as it was saved: nobody loses the field they type in
        self._n_loaded += 1
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

    def add_file(self, path: Path, *, is_ours: bool = False) -> None:
        """Copy it into the workspace, smaller when it is too large for the network. `is_ours`: a
        file made for that, removed afterwards."""
        n_loaded = self._n_loaded
        shrunk = shrink(path, self._rule)

        def end() -> None:
            if is_ours:
                path.unlink(missing_ok=True)
            if shrunk is not None:
                shrunk.path.unlink(missing_ok=True)

        def taken(done: Done) -> None:
            end()
            if n_loaded == self._n_loaded:
                made = Picture(str(done.answer["file"]), str(done.answer["mime"]))
                self._pictures = (*self._pictures, made)
                self._show()
                self._say_smaller(shrunk)
                self._focus_last()
                self.changed.emit()

        def refused(error: SocialDeskError) -> None:
            end()
            self.failed.emit(error)

        Waiter(self, self._desk.do(AddMedia(str(shrunk.path if shrunk else path))), taken, refused)

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
        from tempfile import NamedTemporaryFile  # only for who pastes

        n = image.width() * image.height()
        if n > MAX_PASTED:
            width = int(image.width() * (MAX_PASTED / n) ** 0.5)
            image = image.scaledToWidth(width, Qt.TransformationMode.FastTransformation)
        with NamedTemporaryFile(suffix=".png", delete=False) as file:
            path = Path(file.name)
        image.save(str(path), quality=FAST_PNG)
        self.add_file(path, is_ours=True)

    # --- what is shown ---

    def _show(self) -> None:
        clear(self._lines)
        for n, picture in enumerate(self._pictures):
            self._lines.addLayout(self._line(n, picture))
        self.setVisible(bool(self._pictures))
        self._say_missing()
        if self._pictures and self._folder is None:
            future = self._desk.ask(MediaFolder())
            Waiter(self, future, self._take_folder, self.failed.emit)

    def _line(self, n: int, picture: Picture) -> QHBoxLayout:
        thumb = label(wraps=False)
        thumb.setFixedSize(THUMB, THUMB)
        thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        show_thumb(thumb, self._folder, picture)
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

    def _say_smaller(self, shrunk: Shrunk | None) -> None:
        if shrunk is None:
            return
        before, after = (_size(n) for n in (shrunk.n_before, shrunk.n_after))
        self._smaller.setText(
            tr("Picture {n} was made smaller for this network: {before} to {after}.",
               n=len(self._pictures), before=before, after=after)
        )  # fmt: skip
        self._smaller.show()

    def _remove(self, n: int) -> None:
        self._pictures = self._pictures[:n] + self._pictures[n + 1 :]
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

    def _focus_last(self) -> None:
        fields = self.findChildren(QLineEdit)
        if fields:
            fields[-1].setFocus()

    def _take_folder(self, folder: Path) -> None:
        had_keys = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._folder = folder
        self._show()  # with fields made anew
        if had_keys:
            self._focus_last()


def _size(n_bytes: int) -> str:
    """ "3.1 MB", in the language in use."""
    return locale().formattedDataSize(n_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def show_thumb(where: QLabel, folder: Path | None, picture: Picture) -> None:
    """The picture, small, in `where`; its description is what is heard and the tip."""
    said = picture.alt or tr("A picture without a description")
    where.setAccessibleName(said)
    where.setToolTip(tip(said))
    found = read_small(folder / picture.file, where.size()) if folder is not None else None
    if found is None:
        where.setPixmap(pixmap("file-text", tokens(where.palette()).dim, 20))
    else:
        where.setPixmap(found)


def read_small(path: Path, room: QSize) -> QPixmap | None:
    """Decoded at the size it is shown in, which a JPEG can do in some milliseconds; None for what
    is too large or no picture."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_DECODED:
        return None
    reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)
