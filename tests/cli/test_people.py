"""People by the command line: in, out, and erased."""

import csv
import json
import zipfile

from tests.cli.conftest import Run

CSV = "name,email,tags\nAnn Lee,ann@pond.example,press\nBen,ben@pond.example,\nbroken\n"


def test_a_file_comes_in_once_it_was_looked_at(practise: Run, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(CSV)
    looked = practise("contacts", "import", path, "--dry-run")
    assert looked.code == 0
    assert "2 new, 0 updated, 1 broken" in looked.out
    assert "Line 4: it has 1 cell, the header has 3" in looked.err
    assert practise("contacts", "import", path).code == 1
    assert practise("contacts", "list", "--json").value["total"] == 0
    assert practise("contacts", "import", path, "--skip-broken", "--json").value == {
        "n_new": 2, "n_updated": 0, "n_skipped": 0, "n_broken": 1,
    }  # fmt: skip
    found = practise("contacts", "list", "--search", "label:press", "--json").value
    assert [c["name"] for c in found["contacts"]] == ["Ann Lee"]


def test_people_go_out_as_a_table_and_as_cards(practise: Run, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(CSV)
    practise("contacts", "import", path, "--skip-broken")
    table, cards = tmp_path / "out.csv", tmp_path / "out.vcf"
    assert practise("contacts", "export", table).code == 0
    assert practise("contacts", "export", cards, "--vcard", "3.0").code == 0
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [r["email"] for r in rows] == ["ann@pond.example", "ben@pond.example"]
    assert cards.read_text().count("VERSION:3.0") == 2
    assert practise("contacts", "export", tmp_path / "out.docx").code == 1
    assert practise("contacts", "export").code == 2


def test_a_large_file_is_refused_in_a_sentence(practise: Run, tmp_path):
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(1024**3)
    refused = practise("contacts", "import", path)
    assert refused.code == 1
    assert "1024 MB" in refused.err


def test_a_person_is_exported_and_erased(practise: Run, tmp_path):
    (row,) = practise("queue", "--limit", 1, "--json").value["mentions"]
    archive, receipt = tmp_path / "p.zip", tmp_path / "r.json"
    assert practise("export-person", archive, "--mention", row["id"]).code == 0
    with zipfile.ZipFile(archive) as opened:
        assert row["id"] in {m["id"] for m in json.loads(opened.read("person.json"))["mentions"]}
    wrong = practise("erase", "--mention", row["id"], "--name", "nobody", "--receipt", receipt)
    assert wrong.code == 1
    assert not receipt.exists()
    done = practise("erase", "--mention", row["id"], "--name", row["author"], "--receipt", receipt)
    assert done.code == 0, done.err
    assert json.loads(receipt.read_text())["erased"]["mentions"] >= 1
    assert practise("verify-journal").code == 0
    assert practise("export-person", archive, "--mention", row["id"]).code == 1
