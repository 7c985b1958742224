"""The Windows installer's script compiles, on a stand-in for what is built on Windows."""

import subprocess
from pathlib import Path

from resources.installer.release import HERE, ROOT
from socialdesk import __version__
from tests.installer.conftest import needs

SCRIPT = HERE / "windows" / "socialdesk.nsi"
ICON = ROOT / "resources" / "icons" / "app" / "socialdesk.ico"


def test_the_script_makes_a_windows_program_without_a_warning(tmp_path: Path) -> None:
    needs("makensis")
    payload, out = tmp_path / "payload", tmp_path / f"socialdesk-{__version__}-windows.exe"
    (payload / "_internal").mkdir(parents=True)
    for name in ("socialdesk.exe", "socialdesk-cli.exe", "_internal/python311.dll"):
        (payload / name).write_bytes(b"MZ stand-in")
    done = subprocess.run(
        ["makensis", "-V2", "-WX", f"-DPAYLOAD={payload}", f"-DVERSION={__version__}",
         f"-DICON={ICON}", f"-DOUT={out}", str(SCRIPT)], capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    data = out.read_bytes()
    start = int.from_bytes(data[0x3C:0x40], "little")
    assert data[:2] == b"MZ"
    assert data[start : start + 4] == b"PE\0\0"


def test_it_asks_for_no_administrator_and_leaves_the_data() -> None:
    text = SCRIPT.read_text("utf-8")
    assert "RequestExecutionLevel user" in text
    assert "HKLM" not in text
    removal = text.partition('Section "Uninstall"')[2]
    deleted = [
        line.strip() for line in removal.splitlines() if "RMDir" in line or "Delete " in line
    ]
    assert deleted
    assert all("$INSTDIR" in line or "$SMPROGRAMS" in line for line in deleted)
