"""What the frozen program carries, decided on small lists."""

from pathlib import Path

from resources.installer import bundle
from resources.installer.bundle import Entry

LIB, PLUGIN = "PySide6/Qt/lib", "PySide6/Qt/plugins"


def a_binary(place: str, kind: str = "BINARY") -> Entry:
    return place, f"/built/{place}", kind


def test_plugins_for_screens_that_nobody_has_are_dropped() -> None:
    kept = [a_binary(f"{PLUGIN}/platforms/libqxcb.so"), a_binary("libfrog.so.1")]
    gone = [a_binary(f"{PLUGIN}/platforms/libqvnc.so"), a_binary(f"{PLUGIN}/generic/libqevdev.so")]
    assert bundle.kept_plugins([*kept, *gone]) == kept


def test_a_library_stays_when_something_that_stays_needs_it() -> None:
    needs = {
        f"/built/{PLUGIN}/platforms/libqxcb.so": {"libfrog.so.1", "libc.so.6"},
        "/built/libfrog.so.1": {"libnewt.so.2"},
        "/built/libpike.so.3": {"libnewt.so.2"},
    }
    binaries = [
        a_binary(f"{PLUGIN}/platforms/libqxcb.so"),
        a_binary("libfrog.so.1"),
        a_binary(f"{LIB}/libnewt.so.2"),
        a_binary("libpike.so.3"),
        a_binary("libnewt.so", "SYMLINK"),
        a_binary("python3.11/lib-dynload/_ssl.so", "EXTENSION"),
    ]
    kept = bundle.reachable(binaries, lambda path: needs.get(path, set()))
    assert {entry[0] for entry in binaries} - {entry[0] for entry in kept} == {"libpike.so.3"}


def test_what_reads_the_systems_settings_is_left_to_the_system() -> None:
    binaries = [a_binary("libfontconfig.so.1"), a_binary("libfreetype.so.6"),
                a_binary("_x.so", "EXTENSION")]  # fmt: skip
    needs = {
        "/built/_x.so": {"libfontconfig.so.1"},
        "/built/libfontconfig.so.1": {"libfreetype.so.6"},
    }
    kept = bundle.reachable(binaries, lambda path: needs.get(path, set()))
    assert [entry[0] for entry in kept] == ["_x.so"]


def test_of_qts_catalogues_those_of_our_languages_stay() -> None:
    places = ["PySide6/Qt/translations/qtbase_kk.qm", "PySide6/Qt/translations/qtbase_fr.qm",
              "PySide6/Qt/translations/designer_ru.qm", "resources/words.qm"]  # fmt: skip
    kept = bundle.kept_data([(place, "", "DATA") for place in places])
    assert [entry[0] for entry in kept] == [places[0], places[3]]


def test_resources_ship_without_what_only_builders_need(tmp_path: Path) -> None:
    for place in ("i18n/kk/socialdesk.mo", "i18n/kk/socialdesk.po", "installer/deb.py",
                  "pictures/inbox.png", "icons/bell.svg"):  # fmt: skip
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    places = {(Path(path).name, folder) for path, folder in bundle.resource_files(tmp_path)}
    assert places == {("socialdesk.mo", "resources/i18n/kk"), ("bell.svg", "resources/icons")}


def test_a_module_that_is_looked_up_by_file_gets_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "pond.py").touch()
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "__init__.py").touch()
    names = bundle.names_of_modules("fish.kinds", tmp_path, Path("/empty"))
    assert names == [
        ("fish/kinds/lake.py", "/empty", "DATA"),
        ("fish/kinds/pond.py", "/empty", "DATA"),
    ]


def test_parts_under_the_gpl_alone_are_excluded() -> None:
    assert set(bundle.EXCLUDED) >= {"readline", "_gdbm", "_dbm"}
