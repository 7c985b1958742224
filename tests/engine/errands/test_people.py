"""People in and out of files and erased, by the whole engine."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import BackUp, SendReply, Undo
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.queries.contacts import (
    ListContacts,
    ListSaid,
    ReadContacts,
    ReadPerson,
    WeighErasing,
)
from socialdesk.networks.testing_pictures import PIXEL
from socialdesk.store import journal
from socialdesk.store.copies import recovery
from socialdesk.store.file.reader import Readers

CSV = "Имя;Почта;Метки\nАнна Ким;anna@pond.example;пресса\nИван;ivan@pond.example;\nbroken\n"


@pytest.fixture
def bench(start_bench):
    made = start_bench()
    made.turn(120)
    assert made.rows()
    return made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(CSV.encode("cp1251"))
    return path


def do(bench, command):
    return bench.desk.do(command).result().answer


def names(bench, search=""):
    ids = tuple(bench.desk.ask(ListContacts(search)).result().ids)
    return [row.name for row in bench.desk.ask(ReadContacts(ids)).result()]


def bring_in(bench, path, **more):
    seen = do(bench, c.PreviewImport(str(path)))
    return do(bench, c.ImportContacts(str(path), seen["digest"], **more))


def test_a_preview_says_what_would_happen_and_writes_nothing(bench, file):
    seen = do(bench, c.PreviewImport(str(file)))
    assert (seen["kind"], seen["encoding"], seen["delimiter"]) == ("csv", "cp1251", ";")
    assert seen["columns"] == ["name", "email", "labels"]
    assert seen["sample"][0] == ["Анна Ким", "anna@pond.example", "пресса"]
    assert (seen["n_new"], seen["n_updated"], seen["n_broken"]) == (2, 0, 1)
    assert seen["faults"] == [[4, "cells", "1/3"]]
    assert names(bench) == []


def test_an_import_is_one_act_that_undo_takes_back(bench, file):
    answer = bring_in(bench, file, skips_broken=True)
    assert (answer["n_new"], answer["n_broken"]) == (2, 1)
    assert names(bench) == ["Анна Ким", "Иван"]
    assert names(bench, "label:пресса") == ["Анна Ким"]
    do(bench, Undo())
    assert names(bench) == []


def test_a_broken_row_stops_the_import_unless_it_may_be_left_out(bench, file):
    with pytest.raises(CommandError) as caught:
        bring_in(bench, file)
    assert "1" in str(caught.value.facts["what"])
    assert names(bench) == []


def test_a_file_that_changed_since_it_was_seen_is_not_imported(bench, file):
    seen = do(bench, c.PreviewImport(str(file)))
    file.write_text("name\nSomebody else\n")
    with pytest.raises(CommandError):
        do(bench, c.ImportContacts(str(file), seen["digest"], skips_broken=True))
    assert names(bench) == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("update", {"n_new": 0, "n_updated": 2, "n_skipped": 0}),
        ("skip", {"n_new": 0, "n_updated": 0, "n_skipped": 2}),
        ("new", {"n_new": 2, "n_updated": 0, "n_skipped": 0}),
    ],
)
def test_somebody_known_is_updated_skipped_or_made_anew(bench, file, known, expected):
    bring_in(bench, file, skips_broken=True)
    file.write_text("name,email,org\nAnna,ANNA@pond.example,Bakers\nIv,ivan@pond.example,\n")
    seen = do(bench, c.PreviewImport(str(file), known=known))
    assert {key: seen[key] for key in expected} == expected
    answer = do(bench, c.ImportContacts(str(file), seen["digest"], known=known))
    assert {key: answer[key] for key in expected} == expected
    assert len(names(bench)) == (4 if known == "new" else 2)
    if known == "update":
        assert names(bench, "bakers") == ["Анна Ким"]  # what was known stands, gaps are filled
        do(bench, Undo())
        assert names(bench, "bakers") == []


def test_a_handle_in_the_file_finds_its_author(bench, file):
    row = bench.rows()[0]
    file.write_text(f"name,username\nSomebody,{row.handle}\n")
    bring_in(bench, file)
    person = bench.desk.ask(ReadPerson(mention_id=row.id)).result()
    assert person.profile.name == "Somebody"
    assert [a.handle for a in person.authors] == [row.handle]


@pytest.mark.parametrize("ending", [".csv", ".vcf"])
def test_what_is_exported_comes_in_again_the_same(bench, file, tmp_path, ending, start_bench):
    bring_in(bench, file, skips_broken=True)
    do(bench, c.LabelContact("=cmd", contact_id=1))
    out = tmp_path / f"out{ending}"
    assert do(bench, c.ExportContacts(str(out)))["n"] == 2
    assert out.stat().st_mode & 0o077 == 0
    other = start_bench(folder="b")
    bring_in(other, out)
    ids = tuple(other.desk.ask(ListContacts()).result().ids)
    rows = other.desk.ask(ReadContacts(ids)).result()
    assert [(r.name, r.labels) for r in rows] == [("Анна Ким", ("=cmd", "пресса")), ("Иван", ())]


def test_one_persons_data_is_a_zip_of_words_and_a_page(bench, tmp_path):
    reply = bench.reply("Thank you, we look into it.")
    assert reply
    bench.turn(60)
    (row,) = [r for r in bench.rows(View.WAITING)][:1]
    do(bench, c.AddContactNote("<b>bold</b>", author_id=_author(bench, row.id)))
    out = tmp_path / "person.zip"
    n = do(bench, c.ExportPerson(str(out), author_id=_author(bench, row.id)))["n_mentions"]
    with zipfile.ZipFile(out) as archive:
        data = json.loads(archive.read("person.json"))
        page = archive.read("person.html").decode()
        table = archive.read("mentions.csv").decode("utf-8-sig")
    assert len(data["mentions"]) == n == table.count("mastodon")
    assert data["notes"][0]["text"] == "<b>bold</b>"
    assert "<b>bold" not in page
    assert "Thank you, we look into it." in page
    assert {a["handle"] for a in data["authors"]} == {row.handle}
    assert {e["kind"] for e in data["journal"]} >= {"contact_noted", "reply_written"}


def _author(bench, mention):
    return bench.desk.ask(ReadPerson(mention_id=mention)).result().authors[0].id


def test_erasing_leaves_a_receipt_and_names_the_backups(bench, tmp_path):
    row = bench.rows()[0]
    author = _author(bench, row.id)
    weighed = bench.desk.ask(WeighErasing(author_id=author)).result()
    copy = do(bench, BackUp())["path"]
    receipt = tmp_path / "receipt.json"
    answer = do(bench, c.ErasePerson(weighed["name"], str(receipt), author_id=author))
    told = json.loads(receipt.read_text())
    assert told["erased"]["mentions"] == answer["counts"]["mentions"] > 0
    assert told["file_overwritten"] is True
    assert [b["file"] for b in told["backups"]] == [copy]
    assert told["backups"][0]["until"]
    words = receipt.with_suffix(".txt").read_text()
    assert Path(copy).name in words
    assert row.handle not in words + receipt.read_text()
    assert not [r for r in bench.rows(View.ALL) if r.handle == row.handle]
    again = tmp_path / "again.json"
    do(bench, c.WriteReceipt(told["journal_seq"], str(again)))
    assert json.loads(again.read_text())["digests"] == told["digests"]


def test_erasing_deletes_the_pictures_that_were_for_them(bench, tmp_path):
    source = tmp_path / "loaf.png"
    source.write_bytes(PIXEL)
    made = do(bench, AddMedia(str(source)))
    row = bench.rows()[0]
    packed = ((made["file"], made["mime"], "A loaf"),)
    do(bench, SendReply(row.id, "Like this.", is_sure=True, pictures=packed))
    bench.turn(60)
    copy = Path(do(bench, BackUp())["path"])
    media = tmp_path / "a" / "media" / made["file"]
    assert media.is_file() and (copy.with_suffix(".media") / made["file"]).is_file()
    weighed = bench.desk.ask(WeighErasing(author_id=_author(bench, row.id))).result()
    answer = do(bench, c.ErasePerson(
        weighed["name"], str(tmp_path / "r.json"), author_id=_author(bench, row.id),
        with_backups=True,
    ))  # fmt: skip
    assert answer["counts"]["pictures"] == 1
    assert "1 picture" in (tmp_path / "r.txt").read_text()
    assert not media.exists()
    assert not copy.with_suffix(".media").exists()


def test_erasing_with_the_backups_deletes_them(bench, tmp_path):
    row = bench.rows()[0]
    weighed = bench.desk.ask(WeighErasing(author_id=_author(bench, row.id))).result()
    copy = Path(do(bench, BackUp())["path"])
    answer = do(bench, c.ErasePerson(
        weighed["name"], str(tmp_path / "r.json"), author_id=_author(bench, row.id),
        with_backups=True,
    ))  # fmt: skip
    assert answer["n_backups_deleted"] == 1
    assert not copy.exists()


@pytest.mark.parametrize("name", ["", "somebody else"])
def test_without_the_name_nothing_is_erased(bench, tmp_path, name):
    author = _author(bench, bench.rows()[0].id)
    with pytest.raises(CommandError) as caught:
        do(bench, c.ErasePerson(name, str(tmp_path / "r.json"), author_id=author))
    assert caught.value.fault is CommandFault.BAD_INPUT
    assert bench.desk.ask(ListSaid(author_id=author)).result()
    assert not (tmp_path / "r.json").exists()


def test_nothing_is_erased_when_the_receipt_has_no_place(bench, tmp_path):
    row = bench.rows()[0]
    author = _author(bench, row.id)
    name = bench.desk.ask(WeighErasing(author_id=author)).result()["name"]
    with pytest.raises(CommandError):
        do(bench, c.ErasePerson(name, str(tmp_path / "no" / "r.json"), author_id=author))
    assert bench.desk.ask(ListSaid(author_id=author)).result()


def test_an_engine_killed_before_it_cleaned_goes_on_when_it_starts(bench, start_bench):
    bench.desk._writer.submit(  # as a kill between the erasing and the cleaning leaves it
        lambda tx: tx.conn.execute("INSERT INTO setting VALUES ('cleaning', 'due')").close()
    ).result()
    bench.end()
    again = start_bench()
    again.turn(1)
    again.desk._pool.shutdown(wait=True)
    assert again.desk._readers.here(lambda conn: conn.execute(
        "SELECT count(*) FROM setting WHERE key = 'cleaning'").fetchone()) == (0,)  # fmt: skip


_CHILD = """
import sys
from pathlib import Path
from socialdesk.domain.people.contact import Imported, Profile
from socialdesk.store.triage import acts
from socialdesk.store.contacts import contact_imports
from socialdesk.store.file.writer import Writer
from tests.fakes import HandClock

writer = Writer(Path(sys.argv[1]), clock=HandClock(), announce=lambda _: None)
writer.start()
people = [Imported(n, Profile(f"Person {n}", fields=(("email", f"p{n}@pond.example"),)), ("x",))
          for n in range(20_000)]
def write(tx):
    plan = contact_imports.plan(tx.conn, people, "update")
    act = acts.begin(tx, "contacts_imported", 1, {})
    contact_imports.write(tx, act, plan)
    print("written", flush=True)
    sys.stdin.readline()
writer.submit(write).result()
"""


def test_a_kill_in_an_import_leaves_nothing_of_it(tmp_path):
    path = tmp_path / "workspace.db"
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"written\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert recovery.check(path).condition is recovery.Condition.OK
    readers = Readers(path)
    counted = "SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM contact_field),"
    counted += " (SELECT count(*) FROM contact_label), (SELECT count(*) FROM act)"
    assert readers.here(lambda conn: conn.execute(counted).fetchone()) == (0, 0, 0, 0)
    assert readers.here(journal.verify) is None
    readers.close()
