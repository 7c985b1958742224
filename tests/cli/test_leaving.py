"""`keep`, `sign-ins`, `remove` and `export --all`, as they are typed."""

import json
import sqlite3
import zipfile
from contextlib import closing

import keyring
import pytest

from socialdesk.cli import leaving
from socialdesk.credentials import SecretStore
from socialdesk.domain.account import Secret
from socialdesk.domain.ids import AccountId
from socialdesk.domain.keep import DAYS
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.places import Workspace, workspace
from tests.keyrings import FakeKeyring


@pytest.fixture
def paused(sql) -> None:
    sql("UPDATE account SET state = 'paused'")


def test_keep_lists_counts_and_sets_only_with_a_yes(practise, sql, paused, monkeypatch) -> None:
    shown = practise("keep")
    assert shown.code == 0
    assert "The workspace: for ever" in shown.out and "as the workspace" in shown.out
    counted = practise("keep", "--for", "1", "--json")
    assert counted.code == 1
    assert counted.value == {"goes": 0, "held": 0, "set": False}
    assert practise("keep", "--json").value["default"] == "forever"
    monkeypatch.setitem(DAYS, "3", -1)  # as if three months had passed
    (n,) = sql("SELECT count(*) FROM mention WHERE role <> 1")[0]
    told = practise("keep", "--for", "3", "--yes")
    assert told.code == 0 and f"The words of {n} mentions go at once" in told.out
    assert practise("keep", "--json").value["default"] == "3"


def test_keep_of_one_account(practise, sql, paused) -> None:
    ((id,),) = sql("SELECT id FROM account")
    assert practise("keep", "--account", id, "--for", "forever", "--yes").code == 0
    assert practise("keep", "--json").value["accounts"][0][3] == "forever"
    assert practise("keep", "--account", id, "--for", "default", "--yes").code == 0
    assert practise("keep", "--json").value["accounts"][0][3] == ""
    assert practise("keep", "--for", "7").code == 2
    assert practise("keep", "--for", "default", "--yes").code == 1


def test_the_practice_brand_has_nothing_in_the_keyring(practise, paused) -> None:
    assert "holds nothing" in practise("sign-ins").out
    assert practise("sign-ins", "--forget", "--json").value["forgotten"] is True


def test_everything_goes_into_one_file(practise, sql, paused, tmp_path) -> None:
    file = tmp_path / "all.zip"
    done = practise("export", file, "--all")
    assert done.code == 0
    with zipfile.ZipFile(file) as archive:
        rows = [json.loads(line) for line in archive.read("tables/mention.jsonl").splitlines()]
    assert [(len(rows),)] == sql("SELECT count(*) FROM mention")
    again = practise("export", file, "--all")
    assert again.code == 1 and "is there already" in again.err


def test_a_workspace_is_removed_by_its_name_and_by_no_other(
    run, practise, prepared, monkeypatch, sql, paused, tmp_path
) -> None:
    monkeypatch.setattr(leaving, "WINDOW_PATIENCE_S", 0.1)
    place = tmp_path / "shop"
    prepared.folder.rename(place)
    refused = run("remove", "--workspace", place, "--confirm", "main")
    assert refused.code == 2 and place.exists()
    (place / "window.lock").write_text("stale")
    done = run("remove", "--workspace", place, "--confirm", "shop")
    assert done.code == 0 and "is gone" in done.out
    assert not place.exists()
    gone = run("remove", "--workspace", place, "--confirm", "shop")
    assert gone.code == 2


def test_a_removed_workspace_takes_its_logs_and_its_keyring_entries_along(
    run, prepared, practise, paused, tmp_path
) -> None:
    ring = FakeKeyring()
    keyring.set_keyring(ring)  # conftest puts the old one back
    copy = tmp_path / "copy.db"
    assert practise("backup", "--to", copy).code == 0
    assert run("restore", copy, "--workspace", "shop").code == 0
    place: Workspace = workspace("shop")
    place.logs.mkdir(parents=True, exist_ok=True)
    (place.logs / "engine.log").write_text("started")
    with closing(sqlite3.connect(place.database)) as conn:
        (own,) = conn.execute("SELECT value FROM setting WHERE key = 'workspace_id'").fetchone()
        ((account,),) = conn.execute("SELECT id FROM account").fetchall()
    store = SecretStore()
    for workspace_id in (own, "another"):
        KeyringSecrets(store, workspace_id).keep(AccountId(account), Secret("canary"))
    store.close()
    before = set(ring.entries)
    assert run("remove", "--workspace", "shop", "--confirm", "Shop").code == 0
    assert not place.folder.exists() and not place.logs.exists()
    left = set(ring.entries)
    assert left < before and all(own not in service for service, _ in left)
    assert any("another" in service for service, _ in left)
