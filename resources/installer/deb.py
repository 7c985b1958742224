"""Makes the Debian package with plain dpkg-deb: `python -m resources.installer.deb BUNDLE OUT`.

The program goes to /opt/socialdesk, a link to it into /usr/bin. Nothing runs when it is installed
or removed: the desktop's own triggers find the menu entry and the icon, and a person's workspaces
lie in their own folder. Owners, times and order are fixed, so two builds give the same bytes.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from resources.installer.icon import SIZES
from resources.installer.release import HERE, NAME, ROOT, epoch, filled, machine, metainfo, run
from socialdesk import __version__

PROGRAM: Final = "opt/socialdesk"
ICONS: Final = ROOT / "resources" / "icons" / "app"


def build(bundle: Path, out: Path) -> Path:
    """The package of a finished `bundle`, in the folder `out`. Raises CalledProcessError."""
    target = out / f"{NAME}_{machine()}.deb"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="socialdesk-deb-") as folder:
        tree = Path(folder) / "tree"
        lay_out(bundle, tree)
        _set_times(tree, epoch())
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z19", "--build", tree, target],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return target


def lay_out(bundle: Path, tree: Path) -> None:
    """The package's files below `tree`, as they will lie on a system, and its control files."""
    shutil.copytree(bundle, tree / PROGRAM, symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "socialdesk").symlink_to(f"/{PROGRAM}/socialdesk")
    for place, data in shared_files().items():
        _write(tree / place, data)
    _set_rights(tree)
    _write(tree / "DEBIAN" / "md5sums", _sums(tree).encode())
    _write(tree / "DEBIAN" / "control", control(_size_kb(tree)).encode())
    (tree / "DEBIAN").chmod(0o755)


def shared_files() -> dict[str, bytes]:
    """What a desktop and a system look for, by its place."""
    hicolor, doc = "usr/share/icons/hicolor", "usr/share/doc/socialdesk"
    changelog = (ROOT / "resources" / "changelog.md").read_bytes()
    return {
        "usr/share/applications/socialdesk.desktop": (HERE / "socialdesk.desktop").read_bytes(),
        "usr/share/metainfo/io.github.socialdesk.socialdesk.metainfo.xml": metainfo().encode(),
        f"{hicolor}/scalable/apps/socialdesk.svg": (ICONS / "socialdesk.svg").read_bytes(),
        **{
            f"{hicolor}/{size}x{size}/apps/socialdesk.png": _picture(size).read_bytes()
            for size in SIZES
        },
        f"{doc}/copyright": (HERE / "debian" / "copyright").read_bytes(),
        f"{doc}/changelog.gz": gzip.compress(changelog, 9, mtime=epoch()),
    }


def _picture(size: int) -> Path:
    return ICONS / f"socialdesk-{size}.png"


def control(installed_kb: int) -> str:
    """The control file. The oldest C library that will do is the one it was built with."""
    libc = (os.confstr("CS_GNU_LIBC_VERSION") or "glibc 0").split()[-1]
    return filled(
        HERE / "debian" / "control",
        {"VERSION": __version__, "ARCHITECTURE": machine(), "INSTALLED_KB": installed_kb,
         "LIBC": libc},
    )  # fmt: skip


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)


def _all(tree: Path) -> Iterator[Path]:
    yield tree
    yield from sorted(tree.rglob("*"))


def _set_rights(tree: Path) -> None:
    """Everybody may read, only root may write, whatever the builder's umask was."""
    for path in _all(tree):
        if not path.is_symlink():
            can_run = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if can_run else 0o644)


def _set_times(tree: Path, seconds: int) -> None:
    for path in _all(tree):
        os.utime(path, (seconds, seconds), follow_symlinks=False)


def _files(tree: Path) -> list[Path]:
    return [path for path in _all(tree) if path.is_file() and not path.is_symlink()]


def _sums(tree: Path) -> str:
    """MD5, as Debian's own `dpkg --verify` reads it."""
    sums = (
        (hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest(), path.relative_to(tree))
        for path in _files(tree)
    )
    return "".join(f"{digest}  {path}\n" for digest, path in sums)


def _size_kb(tree: Path) -> int:
    return sum(-(-path.stat().st_size // 1024) for path in _files(tree))


if __name__ == "__main__":
    run(build)
