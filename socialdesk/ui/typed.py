"""What is being written goes on in fields that were made anew: words, choice, cursor, keys."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)  # fmt: skip

Field = QLineEdit | QPlainTextEdit | QComboBox | QCheckBox | QSpinBox


def carry(old: Sequence[Field], new: Sequence[Field], had_keys: QWidget | None) -> None:
    """The same fields in the same order. `had_keys`: what had the focus before (Speaker)."""
    for was, now in zip(old, new, strict=True):
        _carry_one(was, now)
        if was is had_keys:
            QTimer.singleShot(0, now, now.setFocus)  # what is not seen yet keeps no keys


def put(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Only other words: putting the same ones moves the cursor of who is writing there."""
    if isinstance(field, QLineEdit):
        if field.text() != text:
            field.setText(text)
    elif field.toPlainText() != text:
        field.setPlainText(text)


def _carry_one(was: Field, now: Field) -> None:
    if isinstance(was, QLineEdit) and isinstance(now, QLineEdit):
        now.setText(was.text())
        now.setModified(was.isModified())
        _select(was, now)
    elif isinstance(was, QPlainTextEdit) and isinstance(now, QPlainTextEdit):
        now.setPlainText(was.toPlainText())
        cursor, place = was.textCursor(), now.textCursor()
        place.setPosition(cursor.anchor())
        place.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        now.setTextCursor(place)
    elif isinstance(was, QComboBox) and isinstance(now, QComboBox):
        now.setCurrentIndex(max(0, now.findData(was.currentData())))
    elif isinstance(was, QCheckBox) and isinstance(now, QCheckBox):
        now.setChecked(was.isChecked())
    elif isinstance(was, QSpinBox) and isinstance(now, QSpinBox):
        now.setValue(was.value())
    else:
        raise TypeError(f"{was!r} does not go on in {now!r}")


def _select(was: QLineEdit, now: QLineEdit) -> None:
    start, n, at = was.selectionStart(), len(was.selectedText()), was.cursorPosition()
    if start < 0:
        now.setCursorPosition(at)
    elif at == start:
        now.setSelection(start + n, -n)
    else:
        now.setSelection(start, n)
