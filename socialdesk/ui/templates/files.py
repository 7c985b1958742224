"""Templates out to a file and in from one: the file dialogs, and what is said afterwards."""

from collections.abc import Callable

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from socialdesk.engine.desk import Done
from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import isolated

PACK_SUFFIX = "toml"


def ask_import(parent: QWidget, chosen: Callable[[str], None]) -> QFileDialog:
    """`chosen(path)` of a pack that is there."""
    dialog = _dialog(parent, tr("Take in templates from a file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def ask_export(parent: QWidget, chosen: Callable[[str], None]) -> QFileDialog:
    """`chosen(path)` of a file to be made."""
    dialog = _dialog(parent, tr("Write the approved templates to a file"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(PACK_SUFFIX)
    dialog.selectFile(f"templates.{PACK_SUFFIX}")
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the desk refuses, in words
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, QDir.homePath())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilter(f"{tr('Template packs')} (*.{PACK_SUFFIX})")
    return dialog


def said_of_import(done: Done) -> str:
    """How many came in. They are not approved: that is a step of its own."""
    n = len(done.answer.get("versions", []))
    if not n:
        return tr("Nothing new in this file: its templates are here already.")
    came = trn("{n} text came in.", "{n} texts came in.", n)
    return f"{came} {tr('Read and approve them before they are used.')}"


def said_of_export(done: Done) -> str:
    """How many went out, and where to."""
    n = int(done.answer.get("n", 0))
    return trn(
        "{n} template is in {path}", "{n} templates are in {path}", n,
        path=isolated(str(done.answer.get("path", ""))),
    )  # fmt: skip
