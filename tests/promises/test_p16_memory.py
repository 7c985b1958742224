"""Promise 16: no dump of memory is written, what is written of a crash holds no values, and an
account that was disconnected leaves no token in any object."""

import gc
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
import requests

from socialdesk.credentials import SecretStore
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.engine.commands import AddAccount, Disconnect, FetchNow
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.networks import registry
from socialdesk.networks.testing import session_with
from tests.fakes import HandClock
from tests.keyrings import CANARY, FakeKeyring
from tests.networks import fake_mastodon
from tests.networks.fake_mastodon import FakeMastodon
from tests.proof.conftest import Window, place, window  # noqa: F401
from tests.proof.test_canary import hits

WAIT_S = 30.0
CRASH = """
import faulthandler, logging, sys
from pathlib import Path
from socialdesk.logs import start_log
start_log(Path(sys.argv[1]))
def ask(token):
    headers = {"Authorization": "Bearer " + token}
    if sys.argv[3] == "fault":
        faulthandler._sigsegv()
    raise RuntimeError("a bug")
ask(sys.argv[2])
"""


@pytest.mark.promise(16)
@pytest.mark.parametrize("end", ["fault", "bug"])
def test_what_is_written_of_a_crash_holds_places_and_no_values(tmp_path: Path, end: str) -> None:
    log = tmp_path / "engine.log"
    call = [sys.executable, "-c", CRASH, str(log), CANARY, end]
    ended = subprocess.run(call, cwd=Path(__file__).parents[2], capture_output=True, timeout=50)
    assert ended.returncode
    told = log.with_suffix(".crash") if end == "fault" else log
    assert "in ask" in told.read_text("utf-8")
    assert hits(tmp_path, CANARY) == []
    assert CANARY.encode() not in ended.stdout + ended.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("core")] == []


@pytest.mark.promise(16)
@pytest.mark.timeout(120)
@pytest.mark.skipif(not os.path.exists("/proc/self/limits"), reason="limits are read from /proc")
def test_the_engine_that_runs_may_write_no_core(window: Window) -> None:  # noqa: F811
    limits = Path(f"/proc/{window.start()}/limits").read_text("ascii")
    (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]


@pytest.mark.promise(16)
def test_a_disconnected_account_leaves_no_token_in_any_object(tmp_path: Path) -> None:
    token = f"{CANARY}-16"
    server, store, sessions = FakeMastodon(token=token), SecretStore(backend=FakeKeyring()), []

    def session() -> requests.Session:
        made = session_with(server)
        sessions.append(weakref.ref(made))
        return made

    networks = dict(registry.networks())
    outside = Outside(networks, session, lambda name: KeyringSecrets(store, name))
    desk = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", HandClock(), outside)
    fields = (("server", fake_mastodon.HOST), ("token", token))
    add = AddAccount("mastodon", fields, (("mentions", "", ""),))
    account = desk.do(add).result(WAIT_S).answer["account_id"]
    desk.do(FetchNow(wait=True)).result(WAIT_S)
    assert token in str(vars(store)["_known"])
    desk.do(Disconnect(account)).result(WAIT_S)
    desk.settle()
    gc.collect()
    assert token not in str(vars(store))
    assert sessions and [made() for made in sessions if made() is not None] == []
    desk.close()
