"""A connector of another package: installed from a wheel it is listed, and passes the kit."""

import base64
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "third_party" / "pond"
ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0  # a hang guard: two interpreters and pip
INFO = "socialdesk_pond-1.0.dist-info"
ENTRY = "[socialdesk.connectors]\npond = socialdesk_pond:NETWORK\n"
METADATA = "Metadata-Version: 2.1\nName: socialdesk-pond\nVersion: 1.0\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
LISTED = """
import sys
from PySide6.QtWidgets import QApplication
from pathlib import Path
app = QApplication(["test", "-platform", "offscreen"])
from tests.fakes import HandClock
from socialdesk.engine import commands as c
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.domain.account import Secret
from socialdesk.networks import http, registry
from socialdesk.ui.accounts.choose import ChoosePage
from socialdesk.ui.accounts.sign_in import networks_of
from PySide6.QtWidgets import QWidget
home = Path(sys.argv[1])
networks = dict(registry.networks())
outside = Outside(networks, http.session, lambda _: NoKeyring(Secret("")))
desk = InlineDesk(home / "w.db", home / "backups", HandClock(), outside)
found = networks_of(desk.do(c.ListNetworks()).result())
parent = QWidget()
page = ChoosePage(parent)
page.show_networks(found)
print([page.list.item(n).text().splitlines()[0] for n in range(page.list.count())])
desk.close()
"""


def build(folder: Path) -> Path:
    """A wheel of the sample, as a build tool writes it."""
    path = folder / "socialdesk_pond-1.0-py3-none-any.whl"
    files = {
        "socialdesk_pond.py": (SAMPLE / "socialdesk_pond.py").read_bytes(),
        f"{INFO}/METADATA": METADATA.encode(),
        f"{INFO}/WHEEL": WHEEL.encode(),
        f"{INFO}/entry_points.txt": ENTRY.encode(),
    }
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    files[f"{INFO}/RECORD"] = "\n".join([*record, f"{INFO}/RECORD,,", ""]).encode()
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in files.items():
            wheel.writestr(name, data)
    return path


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def run(*args: str, path: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(path), str(ROOT)))}
    return subprocess.run(
        [sys.executable, *args], env=env, cwd=path, capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel was installed, beside nothing else."""
    folder = tmp_path_factory.mktemp("third")
    site = folder / "site"
    wheel = build(folder)
    site.mkdir()
    done = run(
        "-m", "pip", "install", "--no-index", "--no-deps", "--disable-pip-version-check",
        "--target", str(site), str(wheel), path=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return site


def test_it_is_in_the_list_of_networks_to_add(installed: Path, tmp_path: Path) -> None:
    done = run("-c", LISTED, str(tmp_path), path=installed)
    assert done.returncode == 0, done.stderr
    assert "'Pond'" in done.stdout and "'Mastodon'" in done.stdout


def test_it_passes_the_contract_kit(installed: Path) -> None:
    done = run(
        "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(SAMPLE), "-p", "no:cacheprovider",
        str(SAMPLE / "check_socialdesk_pond.py"), path=installed,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout and " passed" in done.stdout
