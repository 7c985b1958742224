"""The command line on a practice workspace: prepared once, copied for each test, no network."""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from socialdesk.__main__ import main
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.networks import http, registry
from socialdesk.places import Workspace, resource, workspace
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.session import mount
from socialdesk.store.copies import backups
from tests.fakes import HandClock

PLAYED_S, STEP_S = 300.0, 10.0


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences are compared in the source language, whatever the machine speaks."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@dataclass(frozen=True)
class Ran:
    """One command that ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value it printed."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("queue", "--limit", 3)`: as typed after `socialdesk`, in this process."""

    def run_command(*words: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as e:  # argparse
            code = int(e.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run_command


@pytest.fixture
def practise(run: Run, prepared: Workspace) -> Run:
    """The same on the practice workspace."""
    return lambda command, *words: run(command, "--workspace", "practice", *words)


@pytest.fixture
def prepared(played: Path) -> Workspace:
    """The practice workspace five minutes after its start, in this test's own home."""
    place = workspace("practice")
    place.prepare()
    shutil.rmtree(place.folder)
    shutil.copytree(played, place.folder)
    for made in backups.list_backups(place.backups):  # midnight may have passed since
        now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        made.path.rename(made.path.with_name(f"backup-{now}.db"))
    return place


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace folder: mentions of the first five minutes, of which a few are not fetched."""
    folder = tmp_path_factory.mktemp("played") / "practice"
    folder.mkdir(mode=0o700)
    clock = HandClock(time.time_ns() // 1_000_000 - round(2 * PLAYED_S * 1000))
    network = PracticeAdapter(
        folder / "practice.jsonl", load_content(resource("practice")), now_ms=clock.now_ms
    )

    def session() -> requests.Session:
        made = http.session()
        mount(made, network)
        return made

    networks = dict(registry.networks())
    outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=0.05)
    desk = InlineDesk(folder / "workspace.db", folder / "backups", clock, outside)
    set_up(desk)
    for _ in range(round(PLAYED_S / STEP_S)):
        desk.clockwork.turn()
        desk.settle()
        clock.advance(STEP_S)
    desk.close()
    network.shut_down()
    return folder


@pytest.fixture
def sql(prepared: Workspace) -> Callable[..., list[Any]]:
    """`sql(statement, *values)` on the closed file, written at once."""

    def execute(statement: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(prepared.database)) as conn, conn:
            return conn.execute(statement, values).fetchall()

    return execute


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can be connected to: what was asked surely never left."""

    def send(*_: object, **__: object) -> requests.Response:
        raise requests.exceptions.ConnectTimeout("the cable is out")

    monkeypatch.setattr(PracticeAdapter, "send", send)
