"""The Debian package and the archive: what is in them, and the same bytes each time."""

import subprocess
import tarfile
from pathlib import Path

import pytest

from resources.installer import archive, deb
from socialdesk import __version__
from tests.installer.conftest import needs


def asked(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_two_packages_of_one_bundle_are_the_same_bytes(small_bundle: Path, tmp_path: Path) -> None:
    needs("dpkg-deb")
    one = deb.build(small_bundle, tmp_path / "one")
    (small_bundle / "_internal" / "libpond.so.1").touch()
    small_bundle.chmod(0o700)
    other = deb.build(small_bundle, tmp_path / "other")
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_a_package_holds_the_program_its_menu_entry_and_its_licence(
    small_bundle: Path, tmp_path: Path
) -> None:
    needs("dpkg-deb")
    package = deb.build(small_bundle, tmp_path)
    listing = asked("dpkg-deb", "--contents", package)
    for words in (
        "./usr/bin/socialdesk -> /opt/socialdesk/socialdesk",
        "./opt/socialdesk/_internal/libpond.so -> libpond.so.1",
        "./usr/share/applications/socialdesk.desktop",
        "./usr/share/metainfo/io.github.socialdesk.socialdesk.metainfo.xml",
        "./usr/share/icons/hicolor/scalable/apps/socialdesk.svg",
        "./usr/share/icons/hicolor/16x16/apps/socialdesk.png",
        "./usr/share/doc/socialdesk/copyright",
    ):
        assert words in listing
    lines = listing.splitlines()
    assert all(" root/root " in line for line in lines)
    assert all(line[5] != "w" and line[8] != "w" for line in lines if not line.startswith("l"))


def test_a_package_names_its_version_and_what_it_depends_on(
    small_bundle: Path, tmp_path: Path
) -> None:
    needs("dpkg-deb")
    package = deb.build(small_bundle, tmp_path)
    assert asked("dpkg-deb", "--field", package, "Version").strip() == __version__
    depends = asked("dpkg-deb", "--field", package, "Depends")
    for name in ("libc6 (>= 2.", "libgl1", "libegl1", "libfontconfig1", "libxkbcommon0",
                 "libdbus-1-3"):  # fmt: skip
        assert name in depends
    recommends = asked("dpkg-deb", "--field", package, "Recommends")
    assert "gnome-keyring | kwalletmanager | keepassxc" in recommends


@pytest.mark.promise(48)
def test_nothing_of_the_package_runs_when_it_is_removed_or_lies_with_a_persons_data(
    small_bundle: Path, tmp_path: Path
) -> None:
    needs("dpkg-deb")
    package = deb.build(small_bundle, tmp_path)
    (tmp_path / "control").mkdir()
    asked("dpkg-deb", "--control", package, tmp_path / "control")
    assert {path.name for path in (tmp_path / "control").iterdir()} == {"control", "md5sums"}
    places = {line.split()[5] for line in asked("dpkg-deb", "--contents", package).splitlines()}
    assert all(place == "./" or place.startswith(("./opt/", "./usr/")) for place in places)


def test_two_archives_of_one_bundle_are_the_same_bytes(small_bundle: Path, tmp_path: Path) -> None:
    needs("dpkg")
    (tmp_path / "other").mkdir()
    one = archive.build(small_bundle, tmp_path)
    (small_bundle / "socialdesk").touch()
    other = archive.build(small_bundle, tmp_path / "other")
    assert one.read_bytes() == other.read_bytes()
    with tarfile.open(one) as packed:
        program = packed.getmember(f"socialdesk-{__version__}/socialdesk")
        link = packed.getmember(f"socialdesk-{__version__}/_internal/libpond.so")
    assert program.mode == 0o755
    assert link.linkname == "libpond.so.1"
