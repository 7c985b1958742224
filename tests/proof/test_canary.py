"""Tokens lie in the keyring and nowhere else: everything a whole life of accounts left behind is
searched for them, byte by byte, in every form they could take."""

import base64
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from keyring import errors as keyring_errors

from socialdesk.credentials import SecretStore
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine import commands
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.engine.commands import (
    AddAccount,
    BackUp,
    BeginSignIn,
    CancelSignIn,
    Disconnect,
    FetchNow,
    SendReply,
    SetAccountOn,
)
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox
from socialdesk.logs import SafeFormatter
from socialdesk.networks import registry
from socialdesk.networks.testing import session_with
from socialdesk.places import Workspace, workspace
from tests.fakes import HandClock
from tests.keyrings import CANARY, FakeKeyring, refusing
from tests.networks import fake_mastodon
from tests.networks.fake_mastodon import FakeMastodon

WAIT_S = 30.0
TOKEN = f"{CANARY}-token/+=&%~1"


def forms(secret: str) -> dict[str, bytes]:
    """Every way it could have been written down. Base64 at each of its three alignments."""
    raw = secret.encode()
    found = {
        "raw": raw,
        "utf-16": secret.encode("utf-16-le"),
        "utf-16 big": secret.encode("utf-16-be"),
        "hex": raw.hex().encode(),
        "url": quote(secret, safe="").encode(),
        "form": quote_plus(secret).encode(),
        "json": json.dumps(secret)[1:-1].encode(),
        "repr": repr(secret)[1:-1].encode(),
    }
    for pad in range(3):
        text = base64.b64encode(b"x" * pad + raw)
        found[f"base64 at {pad}"] = text[4 if pad else 0 : -4]
        found[f"url base64 at {pad}"] = base64.urlsafe_b64encode(b"x" * pad + raw)[
            4 if pad else 0 : -4
        ]
    return found


def hits(folder: Path, secret: str) -> list[str]:
    """Files below `folder` that hold it, and in which form."""
    return [
        f"{path.relative_to(folder)}: {form}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for form, needle in forms(secret).items()
        if needle in path.read_bytes()
    ]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace, and a temporary folder of its own beside it, so that both can be searched."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    made = workspace("main")
    made.prepare()
    return made


@pytest.fixture
def debug_log(place: Workspace) -> Iterator[None]:
    """Everything that any part of the process logs, tracebacks too, in our own format."""
    handler = logging.FileHandler(place.logs / "debug.log", encoding="utf-8")
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield
    root.removeHandler(handler)
    root.setLevel(before)
    handler.close()


class Life:
    """A desk whose accounts are signed in with canaries."""

    def __init__(self, place: Workspace) -> None:
        self.server, self.ring = FakeMastodon(token=TOKEN), FakeKeyring()
        self.said: list[str] = []
        store = SecretStore(backend=self.ring)
        networks = dict(registry.networks())
        self.clock = HandClock()
        outside = Outside(
            networks, lambda: session_with(self.server), lambda name: KeyringSecrets(store, name)
        )
        self.desk = InlineDesk(place.database, place.backups, self.clock, outside)
        self.desk.listen(lambda news: self.said.append(repr(news)))

    def do(self, command: Any) -> Any:
        """Its answer; what it says when it fails is kept, as a person would see it."""
        try:
            answer = self.desk.do(command).result(WAIT_S)
        except SocialDeskError as e:
            self.said += [str(e), repr(e)]
            return {}
        self.said += [repr(command), repr(answer)]
        return answer.answer

    def sign_in(self, **more: Any) -> int:
        fields = (("server", fake_mastodon.HOST), ("token", TOKEN))
        command = AddAccount("mastodon", fields, (("mentions", "", ""),), **more)
        return int(self.do(command).get("account_id", 0))

    def turn(self, times: int = 3) -> None:
        for _ in range(times):
            self.desk.clockwork.turn()
            self.desk.settle()
            self.clock.advance(90)


def live(life: Life, place: Workspace) -> None:
    """Accounts come, fetch, answer, fail in every way, and go."""
    account = life.sign_in()
    assert account, life.said
    assert any(CANARY in kept for kept in life.ring.entries.values())
    for n in range(5):
        life.server.add_mention(f"Question number {n}?")
    life.do(FetchNow(wait=True))
    ids = life.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    assert len(ids) == 5
    life.do(SendReply(ids[0], "We open at nine.", is_sure=True))
    life.turn()
    life.server.lose_answers()
    life.do(SendReply(ids[1], "We open at ten.", is_sure=True))
    life.turn()
    for status, body in [(500, TOKEN.encode()), (401, b"{}"), (429, b""), (200, b"<html>")]:
        life.server.always(status, body)
        life.do(FetchNow(wait=True))
        life.do(commands.TestFetch("mastodon", (("server", fake_mastodon.HOST), ("token", TOKEN))))
        life.sign_in(account_id=account)
        life.turn(1)
    life.server.recover()
    for error in (keyring_errors.KeyringLocked, keyring_errors.PasswordSetError, RuntimeError):
        life.ring.before_call = refusing(error)
        life.sign_in(account_id=account)
        life.turn(1)
    life.ring.heal()
    life.sign_in(session_only=True)
    ticket = life.do(BeginSignIn("mastodon", (("server", fake_mastodon.HOST),))).get("ticket", "")
    life.do(CancelSignIn(ticket))
    life.do(BackUp(str(place.folder / "copy.db")))
    life.do(Disconnect(account))
    for row in life.desk.ask(ListAccounts()).result():  # an engine that exports asks nobody
        life.do(SetAccountOn(row.id, is_on=False))
    assert life.desk.ask(ListOutbox(only_open=False)).result()


@pytest.mark.promise(13)
def test_after_a_life_of_accounts_no_file_and_no_word_holds_a_token(
    place: Workspace, debug_log: None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    life = Life(place)
    live(life, place)
    during = hits(tmp_path, TOKEN)
    life.desk.close()
    out = tmp_path / "export.csv"
    command = [sys.executable, "-m", "socialdesk", "export", str(out)]
    export = subprocess.run(command, capture_output=True, timeout=50)
    assert "Question number" in out.read_text("utf-8"), export.stderr
    printed = capfd.readouterr()
    said = tmp_path / "said.txt"
    said.write_text("\n".join([*life.said, printed.out, printed.err]), "utf-8")
    (tmp_path / "export-said.txt").write_bytes(export.stdout + export.stderr)
    commands_said = [line for line in life.said if TOKEN in line]
    assert commands_said == []
    assert during == []
    assert hits(tmp_path, TOKEN) == []
    assert (place.logs / "debug.log").stat().st_size > 0


@pytest.mark.promise(13)
@pytest.mark.parametrize("form", sorted(forms(TOKEN)))
def test_the_search_finds_a_token_in_every_form(tmp_path: Path, form: str) -> None:
    (tmp_path / "leak").write_bytes(b"\x00before " + forms(TOKEN)[form] + b" after")
    assert any(hit.endswith(f": {form}") for hit in hits(tmp_path, TOKEN))
