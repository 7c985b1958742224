"""What is refused before it is read."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.table_files.source import read_source


def refused(path, **more):
    with pytest.raises(CommandError) as caught:
        read_source(str(path), **more)
    assert caught.value.fault is CommandFault.BAD_INPUT
    return str(caught.value.facts["what"])


def test_a_file_of_1_gb_is_refused_politely_and_never_opened(tmp_path, monkeypatch):
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(1024**3)
    monkeypatch.setattr("pathlib.Path.open", lambda *a, **k: pytest.fail("it was opened"))
    said = refused(path)
    assert "1024 MB" in said
    assert "Split it" in said


def test_what_is_not_there_or_no_text_is_refused(tmp_path):
    assert "people.csv" in refused(tmp_path / "people.csv")
    assert "no file" in refused(tmp_path)
    (tmp_path / "zip").write_bytes(b"PK\x03\x04\x00\x00\x00\xff" * 9)
    assert refused(tmp_path / "zip")


def test_an_unknown_encoding_is_named(tmp_path):
    (tmp_path / "x").write_bytes(b"name\nAnn\n")
    assert "klingon" in refused(tmp_path / "x", encoding="klingon")
