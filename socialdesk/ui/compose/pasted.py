"""A pasted image on its way into the workspace: the picture child packs it and writes it down, so
that the window neither computes nor waits for a disk."""

from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QDir,
    QObject,
    QProcess,
    QProcessEnvironment,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import PictureFault
from socialdesk.engine.children import command_of
from socialdesk.engine.sending.small_pictures import passing_name

MAX_PIXELS = 12_000_000  # of a pasted image; a larger one is made smaller
TIMEOUT_MS = 30_000


class PastedImage(QObject):
    """Begins at once, and ends with its owner. One of `written(path)`: a PNG for `AddMedia`, which
    removes it; `failed(error)`.

    Measured: 12 million pixels cost the window 52 ms; packing and writing them here cost 470.
    """

    written = Signal(object)
    failed = Signal(object)

    def __init__(self, image: QImage, owner: QObject) -> None:
        super().__init__(owner)
        self._path = Path(QDir.tempPath()) / passing_name()
        image = _of_4_bytes(_small(image))
        facts = (image.format().value, image.width(), image.height())
        program = command_of("--picture", "pack", *map(str, facts), str(self._path))
        self._child = QProcess(self)
        self._child.setProcessEnvironment(_environment())
        self._child.setStandardOutputFile(QProcess.nullDevice())
        self._child.setStandardErrorFile(QProcess.nullDevice())
        self._child.finished.connect(self._on_finished)
        # Queued: Windows tells within `start`, when nobody listens to us yet.
        self._child.errorOccurred.connect(self._on_error, Qt.ConnectionType.QueuedConnection)
        self._child.start(program[0], program[1:])
        if self._child.isOpen():  # else it could not be started
            self._child.write(QByteArray(bytes(image.constBits())))  # goes out as the child reads
            self._child.closeWriteChannel()
        QTimer.singleShot(TIMEOUT_MS, self._child, self._child.kill)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self.written.emit(self._path)
        else:
            self._fail()
        self.deleteLater()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        """Of all errors only this one is not followed by an end."""
        if error is QProcess.ProcessError.FailedToStart:
            self._fail()
            self.deleteLater()

    def _fail(self) -> None:
        why = PictureFault.UNREADABLE.value
        self.failed.emit(CommandError(CommandFault.PICTURE, why=why, limit=0))


def _small(image: QImage) -> QImage:
    n = image.width() * image.height()
    if n <= MAX_PIXELS:
        return image
    width = int(image.width() * (MAX_PIXELS / n) ** 0.5)
    return image.scaledToWidth(width, Qt.TransformationMode.FastTransformation)


def _of_4_bytes(image: QImage) -> QImage:
    """Each pixel, so that no row is padded."""
    if image.depth() == 32:
        return image
    with_alpha, without = QImage.Format.Format_ARGB32, QImage.Format.Format_RGB32
    return image.convertToFormat(with_alpha if image.hasAlphaChannel() else without)


def _environment() -> QProcessEnvironment:
    made = QProcessEnvironment.systemEnvironment()
    made.insert("QT_QPA_PLATFORM", "offscreen")
    return made
