"""Export, backup, restore, doctor and verify-journal: nothing lost, nothing overwritten."""

import csv
import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from socialdesk.app import desk_of
from socialdesk.cli import export as export_module
from socialdesk.domain.queue.rows import ExportRow
from socialdesk.domain.sheet import original_cell
from socialdesk.engine.commands import AddLabel, SetSetting
from socialdesk.engine.health import disk
from socialdesk.engine.health.disk import Disk, DiskState

FORMULA = '=HYPERLINK("http://trap.example";"prize")\nand "more", нан 🥐'


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.promise(34)
def test_csv_holds_every_mention_and_no_formula(practise, prepared, sql, tmp_path) -> None:
    sql("UPDATE mention SET body = ?, title = ''", FORMULA)
    sql("UPDATE account SET state = 'paused'")
    file = tmp_path / "all.csv"
    done = practise("export", file)
    assert done.code == 0
    with file.open(encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    (n,) = sql("SELECT count(*) FROM triage")[0]
    assert len(rows) == n > 10
    assert f"{n} mentions written" in done.out
    assert {row["body"] for row in rows} == {"'" + FORMULA}
    assert {original_cell(row["body"]) for row in rows} == {FORMULA}
    assert all(row["handle"].startswith(("'@", "@")) is row["handle"].startswith("'@")
               for row in rows)  # fmt: skip


def test_networks_whose_terms_forbid_copies_are_left_out(
    practise, prepared, sql, tmp_path, monkeypatch
) -> None:
    sql("UPDATE account SET state = 'paused'")
    (n,) = sql("SELECT count(*) FROM triage")[0]
    sql("UPDATE mention SET network = 'linkedin' WHERE id = (SELECT max(mention_id) FROM triage)")
    monkeypatch.setattr(export_module, "not_exported", lambda used: ("linkedin",))
    done = practise("export", tmp_path / "all.csv")
    assert done.code == 0
    assert f"{n - 1} mentions written" in done.out
    assert "1 mention was left out: its network's terms forbid copies." in done.out


def test_what_a_drill_exports_says_so_by_its_name(practise, prepared, sql, tmp_path) -> None:
    sql("INSERT INTO setting(key, value) VALUES ('drill_now', ?)", json.dumps({"stream": "recall"}))
    assert practise("export", tmp_path / "all.csv").code == 0
    assert [file.name for file in tmp_path.glob("*.csv")] == ["DRILL-all.csv"]


def test_json_holds_the_same_as_values(practise, prepared, tmp_path) -> None:
    number = practise("queue", "--json").value["mentions"][0]["id"]
    with desk_of(prepared) as desk:
        desk.do(AddLabel((number,), "press; radio")).result()
    file = tmp_path / "all.JSON"
    told = practise("export", file, "--json").value
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert told == {"file": str(file), "n": len(rows), "whole": True}
    row = next(r for r in rows if r["id"] == number)
    assert row["labels"] == ["press; radio"]
    assert row["status"] == "new" and row["published"].count(":") >= 2


def test_export_of_a_search_holds_what_it_finds(practise, sql, tmp_path) -> None:
    sql("UPDATE account SET state = 'paused'")
    total = practise("search", "lang:ru", "--json").value["total"]
    file = tmp_path / "ru.json"
    assert practise("export", file, "--search", "lang:ru").code == 0
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert len(rows) == total > 0
    assert {row["language"] for row in rows} == {"ru"}


def test_an_empty_export_is_a_whole_file(practise, tmp_path) -> None:
    for name in ("none.json", "none.csv"):
        assert practise("export", tmp_path / name, "--search", "xylophone").code == 0
    assert json.loads((tmp_path / "none.json").read_text()) == []
    assert len((tmp_path / "none.csv").read_text().splitlines()) == 1


def test_a_wrong_search_writes_no_file(practise, tmp_path) -> None:
    refused = practise("export", tmp_path / "all.csv", "--search", "foo:bar")
    assert refused.code == 2
    assert "Operators:" in refused.err
    assert not (tmp_path / "all.csv").exists()


@pytest.mark.parametrize("name", ["all.xlsx", "all", "all.csv.exe"])
def test_another_ending_is_refused(practise, tmp_path, name) -> None:
    refused = practise("export", tmp_path / name)
    assert refused.code == 2
    assert ".csv or .json" in refused.err
    assert not (tmp_path / name).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_an_export_is_for_its_owner_only_even_over_a_stale_draft(practise, tmp_path) -> None:
    file = tmp_path / "all.csv"
    stale = tmp_path / "all.csv.part"
    stale.write_text("half")
    stale.chmod(0o666)
    before = os.umask(0)
    try:
        assert practise("export", file).code == 0
    finally:
        os.umask(before)
    assert mode(file) == 0o600
    assert not stale.exists()


@pytest.mark.parametrize(
    ("failure", "code"), [(OSError(errno.ENOSPC, "No space left"), 5), (KeyboardInterrupt(), 130)]
)
def test_an_export_that_breaks_off_leaves_the_old_file(
    practise, tmp_path, monkeypatch, failure, code
) -> None:
    file = tmp_path / "all.csv"
    file.write_text("yesterday's")

    def breaks_off(target: object, rows: Iterator[ExportRow]) -> int:
        next(rows)
        raise failure

    monkeypatch.setitem(export_module.WRITERS, ".csv", breaks_off)
    stopped = practise("export", file)
    assert stopped.code == code
    assert file.read_text() == "yesterday's"
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []
    if code == 5:
        assert "No space left" in stopped.err and "half written" in stopped.err


def test_a_folder_that_is_not_there_is_named(practise, tmp_path) -> None:
    refused = practise("export", tmp_path / "nowhere" / "all.csv")
    assert refused.code == 5
    assert "nowhere" in refused.err


def test_a_backup_is_counted(practise, prepared) -> None:
    done = practise("backup")
    assert done.code == 0
    file = Path(done.out.rstrip().partition(": ")[2])
    assert file.parent == prepared.backups
    with closing(sqlite3.connect(file)) as conn:
        (n,) = conn.execute("SELECT count(*) FROM mention").fetchone()
    assert n > 10
    assert done.out == f"Backup of {n} mentions: {file}\n"


def test_a_backup_goes_where_it_was_asked_to(practise, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    value = practise("backup", "--to", "copy.db", "--json").value
    assert value["file"] == str(tmp_path / "copy.db")
    assert value["mentions"] > 0
    if os.name != "nt":
        assert mode(tmp_path / "copy.db") == 0o600


def test_a_backup_goes_over_nothing(practise, prepared, tmp_path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    before = prepared.database.stat().st_ino  # a file put in its place would be another one
    for target in (letter, prepared.database, tmp_path):
        refused = practise("backup", "--to", target)
        assert refused.code == 5
        assert "not touched" in refused.err
    assert letter.read_text() == "Dear all"
    assert prepared.database.stat().st_ino == before


@pytest.fixture(autouse=True)
def _encrypted(monkeypatch) -> None:
    """Whatever the disk of this machine is."""
    monkeypatch.setattr(disk, "disk_of", lambda _: Disk(DiskState.ENCRYPTED, "dm-crypt"))


@pytest.fixture
def backup(practise, prepared, tmp_path) -> Path:
    """A backup in which a reply is on its way."""
    number = practise("queue", "--json", "--limit", 100).value["mentions"][-1]["id"]
    with desk_of(prepared) as desk:
        desk.do(SetSetting("sender", "off")).result()
    practise("reply", number, "--template", "An answer is coming", "--slot", "first_name=You")
    file = Path(tmp_path / "copy.db")
    assert practise("backup", "--to", file).code == 0
    return file


def test_restore_brings_back_holds_replies_and_keeps_what_was_there(
    practise, prepared, sql, backup
) -> None:
    sql("DELETE FROM setting WHERE key = 'sender'")
    sql("UPDATE mention SET body = 'later'")
    sql("UPDATE account SET state = 'paused'")
    before = prepared.database.read_bytes()
    done = practise("restore", backup, "--json")
    assert done.code == 0
    (n,) = sql("SELECT count(*) FROM mention")[0]
    assert done.value["mentions"] == n and done.value["held"] == 1
    assert Path(done.value["kept"]).read_bytes() == before
    assert sql("SELECT value FROM setting WHERE key = 'sender'") == [("off",)]
    assert sql("SELECT DISTINCT state, hold_reason FROM outbox") == [("held", "restored")]
    assert sql("SELECT count(*) FROM mention WHERE body = 'later'") == [(0,)]
    assert practise("verify-journal").code == 0


def test_restore_says_that_sending_is_off(practise, backup) -> None:
    done = practise("restore", backup)
    assert "Restored" in done.out and "is kept" in done.out and "Sending is off" in done.out
    assert "Sending is off" in practise("doctor").out


def test_restore_onto_a_new_machine(run, practise, backup) -> None:
    done = run("restore", backup, "--workspace", "shop", "--json")
    assert done.code == 0
    assert done.value["kept"] is None
    assert run("search", "tuliprye", "--workspace", "shop", "--json").value["total"] > 0


def test_restore_of_what_is_no_backup_changes_nothing(practise, prepared, tmp_path) -> None:
    before = prepared.database.read_bytes()
    letter = tmp_path / "letter.db"
    letter.write_text("Dear all, " * 500)
    for file, said in ((letter, "not a SocialDesk workspace"), (tmp_path / "none", "no file")):
        refused = practise("restore", file)
        assert refused.code == 5
        assert said in refused.err
    assert prepared.database.read_bytes() == before


def test_doctor_finds_a_whole_workspace_well(practise) -> None:
    done = practise("doctor")
    assert done.code == 0
    assert "LOOK" not in done.out
    for said in ("file is whole", "journal is whole", "Connected.", "MB of disk", "no keyring"):
        assert said in done.out
    assert all(check["well"] for check in practise("doctor", "--json").value)


def test_doctor_says_what_to_do_about_a_disk_that_is_not_encrypted(practise, monkeypatch) -> None:
    monkeypatch.setattr(disk, "disk_of", lambda _: Disk(DiskState.PLAIN, "ext4"))
    done = practise("doctor")
    assert done.code == 1
    (line,) = (line for line in done.out.splitlines() if "encrypted (ext4)" in line)
    assert line.startswith("[LOOK] The disk is not encrypted") and "LUKS" in line


def test_doctor_names_a_damaged_file_and_touches_nothing(practise, prepared) -> None:
    raw = bytearray(prepared.database.read_bytes())
    raw[4096 * 3 : 4096 * 30] = b"\xa5" * (4096 * 27)
    prepared.database.write_bytes(raw)
    done = practise("doctor")
    assert done.code == 1
    assert "[LOOK] The workspace file is damaged." in done.out and "Restore a backup" in done.out
    assert prepared.database.read_bytes() == raw
    shown = practise("queue")
    assert shown.code == 5
    assert "damaged" in shown.err


def test_doctor_tells_when_no_keyring_can_be_used(run) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # conftest puts the old one back
    done = run("doctor")
    assert done.code == 1
    assert "[LOOK]" in done.out and "keyring" in done.out and "session only" in done.out


def test_doctor_tries_the_keyring_there_is(run) -> None:
    done = run("doctor")
    assert done.code == 0
    assert "The system keyring answers" in done.out
    assert "no workspace file yet" in done.out


def tamper(database: Path, statement: str) -> None:
    """As somebody with an SQLite tool would."""
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("DROP TRIGGER journal_no_update")
        conn.execute(statement)


def test_a_whole_journal_is_told_so(practise) -> None:
    assert practise("verify-journal").out == "The journal is whole.\n"
    assert practise("verify-journal", "--json").value["whole"] is True


def test_a_journal_with_one_row_changed_is_told_by_its_number(practise, prepared) -> None:
    tamper(prepared.database, "UPDATE journal SET at = at + 1 WHERE seq = 5")
    broken = practise("verify-journal")
    assert broken.code == 1
    assert "entry 5 does not fit" in broken.err
    told = practise("verify-journal", "--json")
    assert told.code == 1
    assert told.value["whole"] is False and "entry 5" in told.value["text"]
    assert "entry 5" in practise("doctor").out


def test_the_journal_of_a_copy_is_verified(practise, prepared, tmp_path) -> None:
    copy = tmp_path / "copy.db"
    practise("backup", "--to", copy)
    assert practise("verify-journal", "--file", copy).code == 0
    tamper(copy, "UPDATE journal SET kind = 'nothing' WHERE seq = 2")
    assert "entry 2" in practise("verify-journal", "--file", copy).err
    assert practise("verify-journal").code == 0
    missing = practise("verify-journal", "--file", tmp_path / "none.db")
    assert missing.code == 5
    assert "There is no file" in missing.err
