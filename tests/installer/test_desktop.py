"""What a desktop reads of us is valid by the desktop's own checkers, and the version is in one
place."""

import re
import subprocess
from pathlib import Path

import pytest

from resources.installer import release
from socialdesk import __version__
from socialdesk.i18n import LANGUAGES, SOURCE_LANGUAGE
from socialdesk.ui.application import APP_ID
from tests.installer.conftest import needs

ENTRY = release.HERE / "socialdesk.desktop"


def test_the_menu_entry_is_valid() -> None:
    needs("desktop-file-validate")
    done = subprocess.run(["desktop-file-validate", ENTRY], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_menu_entry_is_the_windows_own_and_speaks_every_language() -> None:
    text = ENTRY.read_text("utf-8")
    assert ENTRY.stem == APP_ID  # else a desktop shows the window without its icon
    for code in LANGUAGES.keys() - {SOURCE_LANGUAGE}:
        assert f"\nComment[{code}]=" in text


def test_the_software_centres_page_is_valid(tmp_path: Path) -> None:
    needs("appstreamcli")
    page = tmp_path / "io.github.socialdesk.socialdesk.metainfo.xml"
    page.write_text(release.metainfo(), "utf-8")
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", page], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_version_is_written_in_one_place() -> None:
    assert f'version="{__version__}" date="2025-11-22"' in release.metainfo()
    places = [*release.HERE.rglob("*"), release.ROOT / "socialdesk.spec", release.ROOT / "Makefile"]
    version = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
    for path in places:
        if path.is_file() and path.suffix != ".pyc":
            assert not version.search(path.read_text("utf-8")), path


def test_a_template_with_a_place_nobody_fills_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "page"
    template.write_text("@NAME@ @FROG@")
    with pytest.raises(ValueError, match="nothing fills"):
        release.filled(template, {"NAME": "pond"})
