"""Copies, restores, the keyring's list and everything in one file, by one whole engine."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, CredentialError, CredentialFault, StoreError
from socialdesk.domain.ids import AccountId
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands import BackUp, FetchNow, SendReply, SetSetting
from socialdesk.engine.commands import mention_files as files
from socialdesk.engine.commands import owning as c
from socialdesk.engine.errands import full_export, leaving
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox, ReadRows
from socialdesk.networks import http
from socialdesk.networks.base import Keep
from socialdesk.store import journal
from socialdesk.store.outbox.media_files import folder_beside
from tests.engine.keyring import Keyring
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.fakes import HandClock

FORMULA = '=HYPERLINK("http://trap.example";"prize")\nand "more", нан 🥐'


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    yield made
    made.desk.close()


def fill(pond: PondDesk, *bodies: str) -> None:
    for body in bodies:
        pond.pond.add(body, pond.at())
    pond.desk.do(FetchNow(wait=True)).result()


def bodies(desk: InlineDesk) -> set[str]:
    ids = desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    return {row.body for row in desk.ask(ReadRows(tuple(ids))).result()}


def stored(desk: InlineDesk) -> set[str]:
    """The words as they lie in the file."""
    with desk._readers.connection() as conn:
        return {body for (body,) in conn.execute("SELECT body FROM mention WHERE role = 0")}


def test_a_restore_beside_an_open_window_brings_back_and_holds(pond, tmp_path) -> None:
    fill(pond, "before one", "before two")
    pond.desk.do(SetSetting("hold_s", "120")).result()
    (target, *_) = pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    pond.desk.do(SendReply(target, "Thank you.", is_sure=True)).result()
    made = pond.desk.do(BackUp()).result().answer
    fill(pond, "after")
    told: list[object] = []
    pond.desk.listen(told.append)
    done = pond.desk.do(c.RestoreCopy(made["path"])).result().answer
    assert (done["n_mentions"], done["n_held"]) == (2, 1)
    assert any(getattr(news, "areas", None) for news in told)
    with closing(sqlite3.connect(done["kept"])) as conn:
        assert conn.execute("SELECT count(*) FROM mention").fetchone() == (3,)
    assert bodies(pond.desk) == {"before one", "before two"}
    pond.desk.close()
    again = pond_desk(tmp_path, PondNetwork(Pond()), HandClock(pond.clock.now + 60_000))
    assert again.desk.setting("sender") == "off"
    (row,) = again.desk.ask(ListOutbox()).result()
    assert (row.state, row.hold) == (OutboxState.HELD, HoldReason.RESTORED)
    with again.desk._readers.connection() as conn:
        assert journal.verify(conn) is None
    copies = again.desk.do(c.ListCopies(counts_all=True)).result().answer["copies"]
    assert {copy[2] for copy in copies} == {"daily", "kept"}
    assert not list(tmp_path.glob("*.restoring*"))
    again.desk.close()


def test_a_restore_of_what_is_no_backup_changes_nothing(pond, tmp_path) -> None:
    fill(pond, "one")
    letter = tmp_path / "letter.db"
    letter.write_text("Dear all, " * 500)
    with pytest.raises(StoreError):
        pond.desk.do(c.RestoreCopy(str(letter))).result()
    with pytest.raises(CommandError):
        pond.desk.do(c.RestoreCopy(str(tmp_path / "none.db"))).result()
    assert bodies(pond.desk) == {"one"}
    assert not list(tmp_path.glob("kept-*")) and not list(tmp_path.glob("*.restoring*"))


def test_copies_are_listed_counted_and_deleted_but_nothing_else_is(pond, tmp_path) -> None:
    fill(pond, "one", "two")
    path = pond.desk.do(BackUp()).result().answer["path"]
    answer = pond.desk.do(c.ListCopies()).result().answer
    assert answer["folder"] == str(pond.desk.backups) and answer["failed_at"] == 0
    (copy,) = answer["copies"]
    assert copy[:3] == [path, pond.clock.now // 1000 * 1000, "daily"] and copy[4] == 2
    with pytest.raises(CommandError):
        pond.desk.do(c.DeleteCopy(str(tmp_path / "workspace.db"))).result()
    pond.desk.do(c.DeleteCopy(path)).result()
    assert not Path(path).exists() and not folder_beside(Path(path)).exists()


def test_one_that_is_asked_for_and_the_days_own_do_not_meet(pond) -> None:
    for n in range(20):
        fill(pond, f"day {n}")
        pond.clock.advance(86_400)
        pond.desk.clockwork.turn()  # begins the day's, beside us
        asked = pond.desk.do(BackUp()).result().answer
        pond.desk.settle()
        assert asked["n_mentions"] == n + 1
        made = pond.desk.do(c.ListCopies(counts_all=True)).result().answer
        assert made["failed_at"] == 0
        assert made["copies"][0][4] == n + 1 and Path(asked["path"]).exists()


def test_a_failed_daily_backup_is_told_and_leaves_the_old_ones(
    pond, monkeypatch, expect_log
) -> None:
    expect_log("the daily backup failed")
    fill(pond, "one")
    pond.turn(60)
    before = sorted(pond.desk.backups.glob("*.db"))

    def full(*_: object) -> None:
        from socialdesk.domain.errors import StoreFault

        raise StoreError(StoreFault.FULL, "SQLITE_FULL")

    with monkeypatch.context() as broken:
        broken.setattr("socialdesk.store.copies.backups.back_up", full)
        pond.turn(86_400)
    answer = pond.desk.do(c.ListCopies()).result().answer
    assert answer["failure"] == "full" and answer["failed_at"] == pond.clock.now
    assert sorted(pond.desk.backups.glob("*.db")) == before != []
    pond.turn(3_700)  # tried again
    assert len(list(pond.desk.backups.glob("*.db"))) == len(before) + 1
    assert pond.desk.do(c.ListCopies()).result().answer["failed_at"] == 0


@pytest.fixture
def signed(tmp_path: Path) -> Iterator[tuple[InlineDesk, Keyring]]:
    """An engine with two accounts that have a secret, and a PIN."""
    ring = Keyring()
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    made.desk.close()
    outside = Outside({"pond": made_network()}, http.session, lambda _: ring)
    desk = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", HandClock(), outside)
    ring.kept = {AccountId(made.account_id): Secret("canary-secret"), "pin-1": Secret("canary-pin")}
    yield desk, ring
    desk.close()


def made_network() -> PondNetwork:
    return PondNetwork(Pond())


def test_the_list_of_sign_ins_has_names_and_no_secret(signed) -> None:
    desk, _ = signed
    entries = desk.do(c.ListSignIns()).result().answer["entries"]
    assert entries == [["account", "pond pond_shop", False], ["pin", "Owner", False]]
    assert "canary" not in json.dumps(entries)


def test_forgetting_all_of_them_stops_the_accounts_until_a_new_sign_in(signed) -> None:
    desk, ring = signed
    assert desk.do(c.ForgetSignIns()).result().answer["n"] == 2
    assert ring.kept == {}
    (account,) = desk.ask(ListAccounts()).result()
    assert account.state.value == "sign_in"
    assert desk.do(c.ListSignIns()).result().answer["entries"] == []


def test_a_locked_keyring_forgets_nothing_and_says_so(signed) -> None:
    desk, ring = signed
    ring.fault = CredentialFault.LOCKED
    with pytest.raises(CredentialError):
        desk.do(c.ForgetSignIns()).result()
    (account,) = desk.ask(ListAccounts()).result()
    assert account.state.value != "sign_in" and len(ring.kept) == 2


def test_removing_wants_the_name_and_forgets_the_keyring_first(
    signed, tmp_path, monkeypatch
) -> None:
    desk, ring = signed
    begun: list[Path] = []
    monkeypatch.setattr(leaving, "begin_removal", lambda place: begun.append(place.folder))
    with pytest.raises(CommandError):
        desk.do(c.RemoveWorkspace("another")).result()
    assert begun == [] and len(ring.kept) == 2
    desk.do(c.RemoveWorkspace(f" {tmp_path.name.upper()} ")).result()
    assert begun == [tmp_path] and ring.kept == {}


def test_everything_is_in_the_export_and_mentions_come_back_by_the_import(pond, tmp_path) -> None:
    fill(pond, FORMULA, "second\r\nline", "  blanks  ", "plain")
    target = tmp_path / "all.zip"
    told = pond.desk.do(c.ExportAll(str(target))).result().answer
    assert told["is_whole"] and told["n_mentions"] == 4
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        rows = [json.loads(x) for x in archive.read("tables/mention.jsonl").splitlines()]
        readme = archive.read("README.txt").decode()
        archive.extract("mentions.csv", tmp_path)
    assert {row["body"] for row in rows} == stored(pond.desk)
    with pond.desk._readers.connection() as conn:
        tables = {
            name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "mention_search", "_sqlite"))
        }  # fmt: skip
    assert {f"tables/{name}.jsonl" for name in tables} <= names
    assert all(f"\n{name}.jsonl (" in readme for name in tables)
    back = tmp_path / "back"
    back.mkdir()
    other = pond_desk(back, PondNetwork(Pond()), HandClock(pond.clock.now + 60_000))
    seen = other.desk.do(files.PreviewMentions(str(tmp_path / "mentions.csv"))).result().answer
    assert (seen["n_new"], seen["n_broken"]) == (4, 0)
    other.desk.do(
        files.ImportMentions(str(tmp_path / "mentions.csv"), digest=seen["digest"])
    ).result()
    assert stored(other.desk) == {FORMULA, "second\r\nline", "blanks", "plain"}
    other.desk.close()


def test_an_export_goes_over_nothing_and_a_cancelled_one_leaves_nothing(
    pond, tmp_path, monkeypatch
) -> None:
    fill(pond, "one")
    target = tmp_path / "all.zip"
    target.write_text("a letter")
    for path in (target, tmp_path / "all.rar"):
        with pytest.raises(CommandError):
            pond.desk.do(c.ExportAll(str(path))).result()
    assert target.read_text() == "a letter"
    real = full_export.readme

    def stop_meanwhile(*given: object) -> str:
        pond.desk.do(c.CancelExport()).result()
        assert pond.desk.do(c.ExportProgress()).result().answer["is_running"]
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(full_export, "readme", stop_meanwhile)
    answer = pond.desk.do(c.ExportAll(str(tmp_path / "new.zip"))).result().answer
    assert answer["is_whole"] is False
    assert {path.name for path in tmp_path.glob("*.zip*")} == {"all.zip"}


def test_an_export_whose_answer_was_lost_is_told_again_and_not_refused(pond, tmp_path) -> None:
    fill(pond, "one")
    target = tmp_path / "all.zip"
    first = pond.desk.do(c.ExportAll(str(target)), "a").result()
    written = target.read_bytes()
    fill(pond, "two")
    assert pond.desk.do(c.ExportAll(str(target)), "a").result() == first
    with pytest.raises(CommandError):
        pond.desk.do(c.ExportAll(str(target)), "b").result()
    assert target.read_bytes() == written


def test_words_that_may_not_be_copied_are_left_out_and_counted(tmp_path, monkeypatch) -> None:
    pond = pond_desk(tmp_path, PondNetwork(Pond(), keep=Keep(is_exported=False)))
    fill(pond, "zanzibar")
    monkeypatch.setattr(full_export, "not_exported", lambda used: ("pond",))
    told = pond.desk.do(c.ExportAll(str(tmp_path / "all.zip"))).result().answer
    assert (told["n_mentions"], told["n_left_out"]) == (0, 1)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"zanzibar" not in everything and b"1 mentions are not in it" in everything
    pond.desk.close()
