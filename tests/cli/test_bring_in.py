"""Mentions out of a file by the command line."""

from tests.cli.conftest import Run

CSV = "date,author,text\n2026-11-20,Ann,zanzibar soup\nnever,Ben,no date\n"


def test_a_file_of_mentions_comes_in_once_it_was_looked_at(practise: Run, tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(CSV)
    looked = practise("import", path, "--dry-run")
    assert looked.code == 0
    assert "1 new, 1 broken." in looked.out
    assert "Line 3: «never» is no time that can be read" in looked.err
    assert practise("import", path).code == 1
    assert practise("search", "zanzibar", "--json").value["mentions"] == []
    told = practise("import", path, "--skip-broken", "--json").value
    assert told == {"n_new": 1, "n_known": 0, "n_broken": 1}
    (found,) = practise("search", "zanzibar", "--json").value["mentions"]
    assert found["author"] == "Ann"
    again = practise("import", path, "--skip-broken", "--open", "--json").value
    assert again == {"n_new": 0, "n_known": 1, "n_broken": 1}


def test_columns_can_be_named(practise: Run, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a;b;c\n03/04/2026;x;quokka words\n")
    command = ("import", path, "--columns", "at,,text", "--order", "day", "--open", "--json")
    assert practise(*command).value["n_new"] == 1
    assert len(practise("search", "quokka", "--json").value["mentions"]) == 1
    assert practise("import", path, "--columns", "at,,nonsense").code == 1
