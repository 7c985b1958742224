"""Whether a folder lies on a network drive, by what the system tells of its mounts.

There SQLite's WAL is not safe: it needs memory that all who have the file open share, which two
computers cannot (sqlite.org/wal.html). Sources: proc_pid_mountinfo(5); GetDriveTypeW and mount(8)
as documented by their makers (not run here).
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Final

from socialdesk.domain.frozen import frozen

ROOT = Path("/")  # where proc lies; a test has its own
TIMEOUT_S: Final = 3.0
_REMOTE: Final = 4  # DRIVE_REMOTE
# As the kernel and mount(8) write them. 9p and vmhgfs: a virtual machine's view of its host's disk.
_NETWORK: Final = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "smbnetfs", "ncpfs", "9p", "afs",
    "afpfs", "coda", "webdav", "davfs", "davfs2", "sshfs", "curlftpfs", "rclone", "s3fs", "gcsfuse",
    "goofys", "gvfsd-fuse", "ceph", "ceph-fuse", "glusterfs", "lustre", "beegfs", "gpfs", "pvfs2",
    "vmhgfs", "vmhgfs-fuse", "vboxsf", "macfuse_sshfs",
})  # fmt: skip


@frozen
class Mount:
    """`device`: "8:1"; `kind`: the file system's name; `source`: what is mounted."""

    device: str
    folder: str
    kind: str
    source: str = ""

    @property
    def network_kind(self) -> str:
        """The name of its network file system; "" where it is none. davfs2 calls itself plain
        "fuse", of an address."""
        name = self.kind.removeprefix("fuse.")
        if name in _NETWORK:
            return name
        return "webdav" if self.kind == "fuse" and "://" in self.source else ""


def network_kind(folder: Path, platform: str = sys.platform) -> str:
    """How the drive under `folder` is reached ("nfs4", "cifs", "sshfs", …); "" for a disk of this
    computer, and where nothing is known."""
    if platform == "linux":
        mount = mount_of(folder, ROOT)
    elif platform == "win32":
        return windows_kind(folder)
    elif platform == "darwin":
        mount = nearest(folder, mac_mounts(_mount_output()))
    else:
        return ""
    return mount.network_kind if mount else ""


def mount_of(folder: Path, root: Path) -> Mount | None:
    """By the kernel's own list under `root`."""
    try:
        text = (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    return nearest(folder, linux_mounts(text))


def nearest(folder: Path, mounts: Iterator[Mount]) -> Mount | None:
    """The longest mount point above the folder; of two on one folder the later one, which hides
    the other."""
    there = os.path.realpath(folder)
    found: Mount | None = None
    for mount in mounts:
        is_above = there == mount.folder or there.startswith(mount.folder.rstrip("/") + "/")
        if is_above and (found is None or len(mount.folder) >= len(found.folder)):
            found = mount
    return found


def linux_mounts(text: str) -> Iterator[Mount]:
    """`text`: of mountinfo."""
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields, (kind, *rest) = before.split(" "), after.split(" ")
        if dash and len(fields) >= 5:
            yield Mount(fields[2], _unescaped(fields[4]), kind, rest[0] if rest else "")


def mac_mounts(text: str) -> Iterator[Mount]:
    """`text`: what mount(8) prints: "//ann@nas/desk on /Volumes/desk (smbfs, nodev, nosuid)"."""
    for line in text.splitlines():
        where, _, options = line.rpartition(" (")
        source, on, folder = where.partition(" on ")
        if on:
            yield Mount("", folder, options.rstrip(")").split(",")[0], source)


def windows_kind(folder: Path) -> str:
    """A path of a server, or a drive letter that stands for one. Not run here."""
    drive = PureWindowsPath(folder).drive
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return "smb"
    return "smb" if drive and _drive_type(f"{drive}\\") == _REMOTE else ""


def _drive_type(root: str) -> int:
    """0 = unknown, also where there is no Windows."""
    import ctypes

    library = getattr(ctypes, "windll", None)
    return int(library.kernel32.GetDriveTypeW(root)) if library is not None else 0


def _mount_output() -> str:
    import subprocess  # of no use on other systems

    try:
        return subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S,
            check=False, stdin=subprocess.DEVNULL,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""


def _unescaped(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text
