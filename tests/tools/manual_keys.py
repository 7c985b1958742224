"""Writes the manual's page of keys from the program's own actions: `make pictures` runs it.

`texts(actions)` is what a test compares with the files, so that the page is never stale.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication

from socialdesk.i18n import LANGUAGES, set_language, tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import FakeDesk

MANUAL = Path(__file__).parents[2] / "resources" / "manual"


def texts(actions: Actions) -> dict[Path, str]:
    """The page in each language, by its file. Leaves the program in English."""
    made = {}
    for language in LANGUAGES:
        set_language(language)
        made[MANUAL / language / "keys.md"] = "\n".join(_lines(actions)) + "\n"
    set_language("en")
    return made


def _lines(actions: Actions) -> Iterator[str]:
    yield "# " + tr("Keys")
    yield ""
    yield tr(
        "Every key can be changed in the settings. Single keys work outside text fields, on any "
        "keyboard layout by their place."
    )
    yield ""
    yield f"| {tr('Key')} | {tr('What it does')} |"
    yield "| --- | --- |"
    for action in actions:
        if keys := action.keys:
            shown = " · ".join(f"`{key}`" for key in keys.split(", "))
            yield f"| {shown} | {action.name().rstrip('…')} |"


def main() -> None:
    """Writes the files."""
    app = QApplication([])
    window = MainWindow(FakeDesk([]))
    for file, text in texts(window.actions_by_id).items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        print(file.relative_to(MANUAL.parent))
    del window, app


if __name__ == "__main__":
    main()
