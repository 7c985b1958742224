"""Promise 13: after the lives of ten accounts and more, no file, no log, no word and no clipboard
holds a token of theirs, in whatever form."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QWidget
from requests import PreparedRequest

from socialdesk.credentials import SecretStore
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine import commands
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.engine.commands import AddAccount, BackUp, Disconnect, FetchNow, SendReply
from socialdesk.engine.queries import ListMentions
from socialdesk.logs import SafeFormatter
from socialdesk.networks.scripted import Scripted
from socialdesk.ui.window import MainWindow
from tests.engine import street as streets
from tests.engine.street import SAMPLES, Street
from tests.keyrings import FakeKeyring
from tests.networks.samples.sample import Sample
from tests.networks.test_every_network import STATUSES, _echo
from tests.proof.test_canary import forms, hits

WAIT_S = 30.0
SECRET = [s for s in SAMPLES if s.canaries and s.secret is not None]


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Everything any part of the process logs, in our own format; a temporary folder to search."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    handler = logging.FileHandler(tmp_path / "debug.log", encoding="utf-8")
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield tmp_path / "debug.log"
    root.removeHandler(handler)
    root.setLevel(before)
    handler.close()


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    """The keyring that the desk of a street keeps its secrets in."""
    made = FakeKeyring()
    store = SecretStore(backend=made)
    monkeypatch.setattr(streets, "Keyring", lambda: KeyringSecrets(store, "canary"))
    return made


class Life:
    """An account that comes, fetches, answers, fails in every way and goes."""

    def __init__(self, folder: Path, sample: Sample) -> None:
        folder.mkdir()
        self.folder, self.sample, self.said = folder, sample, [""]
        self.street = Street(folder, sample)
        self.street.desk.listen(lambda news: self.said.append(repr(news)))

    def do(self, command: Any) -> None:
        """What it says, also when it fails, as a person would see it."""
        try:
            answer = self.street.desk.do(command).result(WAIT_S)
            self.said += [repr(command), repr(answer)]
        except SocialDeskError as e:
            self.said += [str(e), repr(e), repr(vars(e))]
            logging.getLogger("tests").debug("refused", exc_info=e)

    def live(self) -> None:
        sample, street = self.sample, self.street
        street.server.add_mention("Is the rye bread out?")
        street.turn(1, times=2)
        for id in street.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids[:1]:
            self.do(SendReply(id, "Yes, since seven.", is_sure=True))
            street.turn(60)
        typed = tuple(sample.typed.items())
        for status in STATUSES:
            self.echo(status)
            self.do(FetchNow(wait=True))
            if typed:
                self.do(commands.TestFetch(sample.key, typed))
                self.do(AddAccount(sample.key, typed, account_id=street.id))
            street.turn(1)
        self.do(BackUp(str(self.folder / "copy.db")))
        del street.server.handle

    def echo(self, status: int) -> None:
        """The server says back whatever it was sent."""

        def handle(request: PreparedRequest) -> Scripted:
            return _echo(status, request)

        self.street.server.handle = handle  # type: ignore[method-assign]


def shown(window: QWidget) -> Iterator[str]:
    """Every text that stands in a window."""
    for part in window.findChildren(QLabel):
        yield part.text() + part.toolTip() + part.accessibleName()
    for field in window.findChildren(QLineEdit):
        yield field.text()
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for n in range(model.rowCount() if model else 0):
            yield from (str(model.index(n, 0).data(role)) for role in (0, 3, 11))


@pytest.mark.promise(13)
@pytest.mark.timeout(300)
def test_ten_accounts_leave_no_token_anywhere(
    tmp_path: Path, logs: Path, ring: FakeKeyring, qtbot, trials, capfd
) -> None:
    assert len(SECRET) >= 10
    words = []
    for sample in SECRET:
        life = Life(tmp_path / sample.key, sample)
        assert any(sample.canaries[0] in entry for entry in ring.entries.values()), sample.key
        life.live()
        window = MainWindow(life.street.desk, now=life.street.clock.now_ms)
        qtbot.addWidget(window)
        window.show()
        window.show_place("accounts")
        window.grab()
        words += [*life.said, *shown(window), QGuiApplication.clipboard().text()]
        window.close()
        life.do(Disconnect(life.street.id))
        life.street.desk.close()
        trials.add(len(sample.canaries) * len(forms("x")))
    printed = capfd.readouterr()
    (tmp_path / "said.txt").write_text("\n".join([*words, *printed]), "utf-8", "backslashreplace")
    found = [f"{sample.key} {hit}" for sample in SECRET for secret in sample.canaries
             for hit in hits(tmp_path, secret)]  # fmt: skip
    assert found == []
    assert logs.stat().st_size > 10_000  # with tracebacks
    canaries = {canary for sample in SECRET for canary in sample.canaries}
    kept = " ".join(ring.entries.values())  # disconnected: nothing lies there either
    assert [canary for canary in canaries if canary in kept] == []
