"""`socialdesk report`: sentences for a person, numbers for a program, files for both."""

import csv
from pathlib import Path


def test_a_report_is_said_in_sentences(practise) -> None:
    practise("sync")
    done = practise("report", "--period", "month")
    assert done.code == 0 and done.err == ""
    assert "mentions came in" in done.out
    assert "Came in:" in done.out and "Time zone:" in done.out


def test_a_program_gets_the_numbers(practise) -> None:
    practise("sync")
    value = practise("report", "--period", "month", "--json").value
    received = next(n for n in value["numbers"] if n["question"] == "received")
    found = practise("queue", "--view", "all", "--json").value
    assert 0 < received["n"] <= found["total"]
    assert value["zone"] and value["not_watched"] is not None


def test_a_report_is_written_in_each_shape(practise, tmp_path: Path) -> None:
    practise("sync")
    for name, head in (("r.html", b"<!DOCTYPE html>"), ("r.pdf", b"%PDF-"), ("r.csv", b"\xef\xbb")):
        done = practise("report", "--period", "month", "--to", tmp_path / name)
        assert done.code == 0 and name in done.out
        assert (tmp_path / name).read_bytes().startswith(head)
    with (tmp_path / "r-numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {"received", "answered"} <= {row["question"] for row in csv.DictReader(file)}


def test_a_sheet_without_the_mark_for_excel(practise, tmp_path: Path) -> None:
    target = tmp_path / "r.csv"
    assert practise("report", "--to", target, "--plain-utf8").code == 0
    assert target.read_bytes().startswith(b"id,")


def test_wrong_words_and_places_are_told(practise, tmp_path: Path) -> None:
    wrong = practise("report", "--period", "someday")
    assert wrong.code == 1 and "someday" in wrong.err
    ending = practise("report", "--to", tmp_path / "r.docx")
    assert ending.code == 2 and ".pdf" in ending.err
    nowhere = practise("report", "--to", tmp_path / "no" / "r.html")
    assert nowhere.code == 1 and "could not be written" in nowhere.err
