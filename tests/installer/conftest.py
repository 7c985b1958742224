"""A small bundle laid out as PyInstaller does, and the programs that check what ships."""

import os
import shutil
from pathlib import Path

import pytest

from resources.installer.release import EPOCH_VARIABLE


def needs(*programs: str) -> None:
    """Skip where a program is missing, and say so; in CI that is a failure."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture(autouse=True)
def _one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, "1763800000")


@pytest.fixture
def small_bundle(tmp_path: Path) -> Path:
    """An executable, a library and a link to it."""
    folder = tmp_path / "dist" / "socialdesk"
    (folder / "_internal" / "resources").mkdir(parents=True)
    (folder / "socialdesk").write_bytes(b"\x7fELF of the program")
    (folder / "socialdesk").chmod(0o755)
    (folder / "_internal" / "resources" / "words.txt").write_text("hello\n")
    (folder / "_internal" / "libpond.so.1").write_bytes(b"\x7fELF of a pond")
    (folder / "_internal" / "libpond.so").symlink_to("libpond.so.1")
    return folder
