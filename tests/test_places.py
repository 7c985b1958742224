"""Paths, names and rights of a workspace."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from socialdesk import places
from socialdesk.places import (
    PlaceError,
    PlaceFault,
    private_file,
    private_folder,
    private_opener,
    resource,
    workspace,
    workspace_names,
)

posix = pytest.mark.skipif(os.name != "posix", reason="modes mean nothing on this system")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask():
    """The most careless umask there is."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_named_workspace_lies_in_the_home_of_its_own(tmp_path: Path) -> None:
    main = workspace()
    assert main.name == "main"
    assert main.database == tmp_path / "home" / "workspaces" / "main" / "workspace.db"
    assert main.engine_log == tmp_path / "home" / "logs" / "main" / "engine.log"


def test_without_a_home_variable_the_users_data_folder_is_used(monkeypatch) -> None:
    monkeypatch.delenv(places.HOME_VARIABLE)
    main = workspace("main")
    assert main.folder.parts[-3:] == ("SocialDesk", "workspaces", "main")
    assert main.logs.name == "main" and main.logs != main.folder


def test_a_path_is_a_workspace_that_carries_its_logs(tmp_path: Path) -> None:
    stick = workspace(str(tmp_path / "stick"))
    assert (stick.name, stick.folder) == ("stick", tmp_path / "stick")
    assert stick.window_log == tmp_path / "stick" / "logs" / "window.log"


def test_a_relative_path_stays_the_same_when_the_process_moves(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert workspace("./stick").folder == tmp_path / "stick"
    assert workspace("a/b").folder == tmp_path / "a" / "b"


@pytest.mark.parametrize("name", ["main", "Наан Нур", "café-2", "a.b_c", "Қоңыр қаз", "店"])
def test_names_in_any_script_are_taken(name: str) -> None:
    assert workspace(name).name == name


def test_a_name_is_one_whatever_way_its_accents_were_typed() -> None:
    assert workspace("cafe\u0301").folder == workspace("caf\u00e9").folder


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", PlaceFault.EMPTY),
        ("  ", PlaceFault.EMPTY),
        ("a" * 65, PlaceFault.TOO_LONG),
        ("-rf", PlaceFault.BAD_NAME),
        ("a\nb", PlaceFault.BAD_NAME),
        ("a\0b", PlaceFault.BAD_NAME),
        ("a:b", PlaceFault.BAD_NAME),
        ("a*", PlaceFault.BAD_NAME),
        ("name.", PlaceFault.BAD_NAME),
        ("name ", PlaceFault.BAD_NAME),
        ("\u202egnp", PlaceFault.BAD_NAME),
        ("con", PlaceFault.RESERVED),
        ("LPT1.txt", PlaceFault.RESERVED),
    ],
)
def test_a_name_no_system_could_keep_is_refused_with_its_reason(name, fault) -> None:
    with pytest.raises(PlaceError) as refused:
        workspace(name)
    assert (refused.value.fault, refused.value.given) == (fault, name)


def test_a_file_in_the_place_of_a_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    for path in ("letter.txt", "letter.txt/inside"):
        with pytest.raises(PlaceError) as refused:
            workspace(str(tmp_path / path)).prepare()
        assert refused.value.fault is PlaceFault.NOT_A_FOLDER


def test_a_folder_with_other_things_is_refused_untouched(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir(0o755)
    (photos / "cat.png").write_bytes(b"cat")
    before = mode(photos)

    with pytest.raises(PlaceError) as refused:
        workspace(str(photos)).prepare()

    assert refused.value.fault is PlaceFault.FOREIGN_FOLDER
    assert mode(photos) == before and [p.name for p in photos.iterdir()] == ["cat.png"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PlaceError) as refused:
        workspace(str(tmp_path / "new")).prepare()
    assert refused.value.fault is PlaceFault.NOT_WRITABLE


def test_prepare_twice_keeps_everything() -> None:
    main = workspace()
    main.prepare()
    private_file(main.database)
    main.database.write_text("kept")
    main.prepare()
    private_file(main.database)
    assert main.database.read_text() == "kept"
    assert main.backups.is_dir() and main.media.is_dir()


def test_only_workspaces_with_a_file_are_listed() -> None:
    assert workspace_names() == []
    for name in ("main", "bakery"):
        workspace(name).prepare()
        private_file(workspace(name).database)
    workspace("empty").prepare()
    assert workspace_names() == ["bakery", "main"]


@posix
def test_everything_is_for_its_owner_only_under_any_umask(open_umask) -> None:
    main = workspace()
    main.prepare()
    private_file(main.database)
    with open(main.engine_log, "w", opener=private_opener) as log:
        log.write("x")

    folders = [main.folder, main.folder.parent, main.backups, main.media, main.logs]
    assert {mode(p) for p in folders} == {0o700}
    assert {mode(p) for p in (main.database, main.engine_log)} == {0o600}


@posix
def test_rights_are_right_from_the_first_moment(tmp_path, open_umask, monkeypatch) -> None:
    """No chmod may be needed: between making and closing, others could get in."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("rights were given afterwards")

    monkeypatch.setattr(Path, "chmod", never)
    private_folder(tmp_path / "a" / "b")
    private_file(tmp_path / "a" / "b" / "f")


@posix
def test_a_workspace_of_ours_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    old = workspace(str(tmp_path / "old"))
    old.folder.mkdir()
    old.folder.chmod(0o755)
    old.database.touch()
    old.database.chmod(0o644)
    old.prepare()
    private_file(old.database)
    assert (mode(old.folder), mode(old.database)) == (0o700, 0o600)


@posix
def test_sqlite_gives_its_side_files_the_same_rights(open_umask) -> None:
    main = workspace()
    main.prepare()
    private_file(main.database)
    code = """
import os, sqlite3, sys
path = sys.argv[1]
connection = sqlite3.connect(path)
connection.execute("pragma journal_mode = wal")
connection.execute("create table pond (frog)")
print(*(oct(os.stat(path + ending).st_mode & 0o777) for ending in ("-wal", "-shm")))
"""
    run = [sys.executable, "-c", code, str(main.database)]
    assert subprocess.check_output(run, text=True).split() == ["0o600", "0o600"]


def test_resources_of_the_checkout_are_found() -> None:
    assert resource("changelog.md").is_file()


def test_resources_of_a_wheel_are_found(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "socialdesk" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(places, "__file__", str(tmp_path / "socialdesk" / "places.py"))
    assert resource("i18n") == tmp_path / "socialdesk" / "_resources" / "i18n"


def test_resources_of_the_installed_program_are_found(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("i18n") == tmp_path / "resources" / "i18n"
