"""The program as a tar.gz for systems without dpkg: `python -m resources.installer.archive BUNDLE
OUT`. Owners, times and order are fixed, so two builds give the same bytes."""

import gzip
import tarfile
from pathlib import Path

from resources.installer.release import NAME, epoch, machine, run


def build(bundle: Path, out: Path) -> Path:
    """The archive in the folder `out`; it unpacks into one folder."""
    target = out / f"{NAME}-linux-{machine()}.tar.gz"
    with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, epoch()) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in (bundle, *sorted(bundle.rglob("*"))):
                place = Path(NAME, path.relative_to(bundle)).as_posix()
                archive.add(path, place, recursive=False, filter=_of_nobody)
    return target


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = epoch()
    if not entry.issym():
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry


if __name__ == "__main__":
    run(build)
