"""An engine that reads older mentions again until it is killed: `python -m … FOLDER`.

Says "read" after every commit of a slice.
"""

import sys
from pathlib import Path

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.changes import Area, Changes
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.insight import reading_again
from socialdesk.engine.outside import Outside
from tests.fakes import HandClock


def open_desk(folder: Path, clock: HandClock) -> InlineDesk:
    """The program's own reader, no network."""
    outside = Outside({}, requests.Session, lambda _: NoKeyring(Secret("none")))
    return InlineDesk(folder / "workspace.db", folder / "backups", clock, outside)


def main(folder: Path) -> None:
    reading_again.SLICE = 20  # type: ignore[misc]  # many slices of a small file
    clock = HandClock()
    desk = open_desk(folder, clock)

    def tell(news: object) -> None:
        if isinstance(news, Changes) and Area.INSIGHT in news.areas:
            print("read", flush=True)
            sys.stdin.readline()  # it is answered: this process is never over before its kill

    desk.listen(tell)
    while True:
        clock.advance(0.3)
        desk.clockwork.turn()
        desk.settle()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
