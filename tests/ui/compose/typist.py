"""Types under one mention until killed: python -m tests.ui.compose.typist FOLDER MENTION

Prints "ready", then after each key the wall clock and how many characters stand in the field.
"""

import sys
import time
from pathlib import Path

import requests
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from socialdesk.domain.account import Secret
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ReadDetail
from socialdesk.ui.compose.composer import Composer
from tests.fakes import HandClock

KEY_MS = 25
PLANNED_AT = 4_000_000_000_000  # ms UTC: the time the reply shall leave
ALPHABET = "abcdefghij"


def open_desk(folder: Path) -> InlineDesk:
    """The workspace, with no network around it."""
    outside = Outside({}, requests.Session, lambda _: NoKeyring(Secret("")))
    return InlineDesk(folder / "workspace.db", folder / "backups", HandClock(), outside)


def typed(n: int) -> str:
    """The first `n` characters that are typed."""
    return (ALPHABET * (n // len(ALPHABET) + 1))[:n]


def main(folder: str, mention: str) -> None:
    """Never returns."""
    app = QApplication([])
    desk = open_desk(Path(folder))
    composer = Composer(desk, None)
    composer.show()
    composer.show_detail(desk.ask(ReadDetail(int(mention))).result())
    composer._writing.field.load("")
    composer._extras.schedule.set_time(PLANNED_AT)

    def press() -> None:
        field = composer._writing.field
        n = len(field.text)
        field.insertPlainText(ALPHABET[n % len(ALPHABET)])
        sys.stdout.write(f"{time.time()} {n + 1}\n")
        sys.stdout.flush()

    keys = QTimer()
    keys.setInterval(KEY_MS)
    keys.timeout.connect(press)
    keys.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:3])
