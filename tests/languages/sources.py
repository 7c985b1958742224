"""The program's syntax trees, and what in them is shown to people without tr()."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.tools.translations import N_TEXTS, ROOT, SOURCES

# Who takes a text that a person sees, hears or hovers; every argument of it is looked at.
SHOW = {
    "setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName",
    "setAccessibleDescription", "setStatusTip", "setWhatsThis", "setTitle", "setPrefix",
    "setSuffix", "setSpecialValueText", "setInformativeText", "setDetailedText", "setTabText",
    "setTabToolTip", "setHorizontalHeaderLabels", "setHeaderLabels", "addAction", "addTab",
    "addItem", "addItems", "insertItem", "addRow", "addButton", "addMenu", "QLabel",
    "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "getText",
    "getOpenFileName", "getSaveFileName", "getExistingDirectory", "showMessage", "drawText",
    "print", "say", "fail", "hint",
}  # fmt: skip
# Parts of our own: the text is the first argument, the others are names of looks and icons.
SHOW_FIRST = {"label", "chip", "Chip", "push", "tool", "tick", "heading", "Elided"}


@dataclass(frozen=True, slots=True)
class Found:
    """One call. `text`: what is shown as it stands in the source."""

    path: str
    line: int
    text: str


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the program by its path. A million objects: `forget_trees` when done."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(Path(SOURCES).rglob("*.py"))
    }


def forget_trees() -> None:
    """Else every collection after every later test looks through them."""
    trees.cache_clear()


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Each call with its module and the last part of the name that is called."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, node, str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def put_together() -> Iterator[Found]:
    """Texts for tr(), trn() and said() that are no plain literal: nobody ever translates them."""
    for path, call, name in calls():
        if name in N_TEXTS and isinstance(call.func, ast.Name):
            for text in call.args[: N_TEXTS[name]]:
                if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                    yield Found(path, call.lineno, ast.unparse(text))


def holes_in_english() -> Iterator[Found]:
    """Values for the holes of a text that are English words of the source."""
    for path, call, name in calls():
        if name in ("tr", "trn"):
            for given in call.keywords:
                for text in _texts(given.value):
                    yield Found(path, call.lineno, text)


def untold() -> Iterator[Found]:
    """Words that are shown as they stand in the source."""
    for path, call, name in calls():
        if not path.startswith(("socialdesk/ui/", "socialdesk/cli/", "socialdesk/app.py")):
            continue
        shown = [*call.args, *(k.value for k in call.keywords)] if name in SHOW else []
        shown = call.args[:1] if name in SHOW_FIRST else shown
        for argument in shown:
            for text in _texts(argument):
                yield Found(path, call.lineno, text)


def _texts(node: ast.AST) -> Iterator[str]:
    """The words in an argument that no call of it takes."""
    match node:
        case ast.Call() | ast.Lambda() | ast.Subscript() | ast.Compare():
            return
        case ast.Constant(value=str(text)) if _is_word(text):
            yield text
        case ast.FormattedValue():
            yield from _texts(node.value)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)


def _is_word(text: str) -> bool:
    return any(c.isalpha() for c in text)


def renamed() -> dict[str, str]:
    """Where tr goes by another name: module -> name. Such a call is seen by no translator."""
    return {
        path: alias.asname
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "socialdesk.i18n"
        for alias in node.names
        if alias.asname
    }
