"""`socialdesk settings`: shown, carried in a file, taken back."""

import json

import pytest

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE

FILE = {"socialdesk_settings": 1, "settings": {"theme": "dark"}, "keys": {"next": "n"}}


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "settings.json"
    made.write_text(json.dumps(FILE))
    return made


def test_without_changes_every_setting_is_at_its_default(practise, prepared):
    ran = practise("settings", "--json")
    assert (ran.code, ran.value) == (OK, {})
    assert "at its default" in practise("settings").out


def test_a_dry_run_shows_and_changes_nothing(practise, prepared, file):
    ran = practise("settings", "import", file, "--dry-run")
    assert ran.code == OK
    assert "theme: default → dark" in ran.out and "Key of «next»: default → n" in ran.out
    assert practise("settings", "--json").value == {}


def test_in_out_and_back(practise, prepared, file, tmp_path):
    assert practise("settings", "import", file).code == OK
    assert practise("settings", "--json").value == {"keys.next": "n", "theme": "dark"}
    out = tmp_path / "out.json"
    ran = practise("settings", "export", out)
    assert "Not in it: sign-ins" in ran.out
    written = json.loads(out.read_text())
    assert (written["settings"], written["keys"]) == (FILE["settings"], FILE["keys"])
    assert practise("settings", "import", out, "--json").value == {"changes": [], "done": False}
    assert practise("settings", "undo").code == OK
    assert practise("settings", "--json").value == {}


def test_a_bad_file_is_refused_with_what_to_do(practise, prepared, file):
    file.write_text('{"socialdesk_settings": 1, "settings": {"theme": "blue"}}')
    ran = practise("settings", "import", file)
    assert ran.code == REFUSED
    assert "«theme» cannot be «blue». Put one of these there: system, light, dark" in ran.err


def test_an_import_without_a_name_says_how(practise, prepared):
    ran = practise("settings", "import")
    assert ran.code == USAGE
    assert "socialdesk settings import FILE" in ran.err
