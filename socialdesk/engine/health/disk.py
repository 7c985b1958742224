"""Whether the disk under the workspace is encrypted, as far as the system tells anybody.

SocialDesk does not encrypt its file: a key beside the file protects nothing, and one that is typed
would be asked for after every restart of the engine. The disk's encryption does it for all
programs; here stands only what can be known without rights. Sources: the kernel's proc and
sysfs pages (mountinfo, dm/uuid), fscrypt and eCryptfs pages; `manage-bde -status`, `fdesetup
status` as documented by their makers (not run here).
"""

import os
import subprocess
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr
from socialdesk.store.file.drives import mount_of, network_kind

TIMEOUT_S: Final = 3.0
MAX_DEPTH: Final = 8  # a volume on a RAID on a partition is three
_CRYPT: Final = "CRYPT-"  # how device-mapper ids of dm-crypt begin: CRYPT-LUKS2-…
_ENCRYPTING: Final = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"})
_GET_FLAGS: Final = 0x80086601
_ENCRYPTED_FLAG: Final = 0x800
_IN_MEMORY: Final = frozenset({"tmpfs", "ramfs"})

Run = Callable[[list[str]], str]


class DiskState(Enum):
    """What is known."""

    ENCRYPTED = "encrypted"
    PLAIN = "plain"
    MEMORY = "memory"  # gone with the power
    UNKNOWN = "unknown"


@frozen
class Disk:
    """`what`: how, or why nothing is known; a code or the system's own name of it."""

    state: DiskState
    what: str = ""


def disk_of(folder: Path, platform: str = sys.platform) -> Disk:
    """Of the disk `folder` lies on. Takes up to TIMEOUT_S on Windows and macOS."""
    if platform == "linux":
        return linux_disk(folder)
    if platform == "win32":
        return windows_disk(folder)
    if platform == "darwin":
        return mac_disk()
    return Disk(DiskState.UNKNOWN)


def linux_disk(folder: Path, root: Path = Path("/")) -> Disk:
    """`root`: where proc and sys lie; a test has its own."""
    mount = mount_of(folder, root)
    if mount is None:
        return Disk(DiskState.UNKNOWN)
    if mount.kind in _ENCRYPTING:
        return Disk(DiskState.ENCRYPTED, mount.kind.removeprefix("fuse."))
    if mount.kind in _IN_MEMORY:
        return Disk(DiskState.MEMORY, mount.kind)
    device = root / "sys/dev/block" / mount.device
    if mount.device.startswith("0:") or not device.exists():
        return Disk(DiskState.UNKNOWN, mount.kind)  # overlay, network, btrfs and zfs name no device
    crypts = [_is_crypt(path) for path in _bottoms(device)]
    if crypts and all(crypts):
        return Disk(DiskState.ENCRYPTED, "dm-crypt")
    if is_fscrypt(folder):
        return Disk(DiskState.ENCRYPTED, "fscrypt")
    if any(crypts):
        return Disk(DiskState.UNKNOWN, mount.kind)  # a volume over two disks, one of them plain
    return Disk(DiskState.PLAIN, mount.kind)


def windows_disk(folder: Path, run: Run | None = None) -> Disk:
    """By BitLocker's own tool, which answers administrators only on some systems. Not run here."""
    text = (run or _output)(["manage-bde", "-status", folder.drive or folder.anchor or "C:"])
    if "Protection On" in text:
        return Disk(DiskState.ENCRYPTED, "BitLocker")
    if "Protection Off" in text:
        return Disk(DiskState.PLAIN, "BitLocker")
    return Disk(DiskState.UNKNOWN, "BitLocker")


def mac_disk(run: Run | None = None) -> Disk:
    """Of the startup disk, by FileVault's own tool. Not run here."""
    text = (run or _output)(["fdesetup", "status"])
    if "FileVault is On" in text:
        return Disk(DiskState.ENCRYPTED, "FileVault")
    if "FileVault is Off" in text:
        return Disk(DiskState.PLAIN, "FileVault")
    return Disk(DiskState.UNKNOWN, "FileVault")


def words(disk: Disk) -> str:
    """One honest sentence."""
    match disk.state:
        case DiskState.ENCRYPTED:
            return tr("The disk is encrypted ({what}): switched off, it tells a thief nothing.",
                      what=disk.what)  # fmt: skip
        case DiskState.PLAIN:
            return tr("The disk is not encrypted ({what}): whoever has it can read this workspace. "
                      "SocialDesk does not encrypt it; your system can encrypt the whole disk.",
                      what=disk.what)  # fmt: skip
        case DiskState.MEMORY:
            return tr("The workspace lies in memory ({what}): it is gone when the power is.",
                      what=disk.what)  # fmt: skip
        case DiskState.UNKNOWN:
            return tr("Whether the disk is encrypted cannot be known from here. SocialDesk does "
                      "not encrypt the workspace: ask your system.")  # fmt: skip


def step(disk: Disk) -> str:
    """What to do about it; "" = nothing, or nothing is known."""
    if disk.state is DiskState.MEMORY:
        return drive_step()
    if disk.state is not DiskState.PLAIN:
        return ""
    match disk.what:
        case "BitLocker":
            return tr("Switch on BitLocker, or device encryption, in the settings of Windows")
        case "FileVault":
            return tr("Switch on FileVault in the system settings, under Privacy & Security")
        case _:
            return tr("Encrypt the disk with your system (LUKS), or move the workspace to an "
                      "encrypted disk and start SocialDesk with --workspace and the new "
                      "path")  # fmt: skip


def drive_of(folder: Path) -> str:
    """How a network drive under `folder` is reached; "" for a disk of this computer."""
    return network_kind(folder)


def drive_words(kind: str) -> str:
    """What may happen on a network drive."""
    return tr("The workspace lies on a network drive ({what}): a connection that drops, or a "
              "second computer, can damage it, and everything is slower.", what=kind)  # fmt: skip


def drive_step() -> str:
    """What to do about it."""
    return tr("Close SocialDesk, move the workspace to a disk of this computer, and start it with "
              "--workspace and the new path")  # fmt: skip


def is_fscrypt(folder: Path) -> bool:
    """Whether the folder itself is encrypted by ext4, f2fs and their like. Source: ioctl_iflags(2),
    FS_ENCRYPT_FL; the number of the call is that of 64-bit Linux on x86 and ARM."""
    import array
    import fcntl

    flags = array.array("l", [0])
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.ioctl(handle, _GET_FLAGS, flags)
    except OSError:  # a file system without such flags
        return False
    finally:
        os.close(handle)
    return bool(flags[0] & _ENCRYPTED_FLAG)


def _bottoms(device: Path, depth: int = 0) -> list[Path]:
    """The devices that decide: each chain down ends at the first encrypted one, or at a disk."""
    slaves = device / "slaves"
    below = sorted(slaves.iterdir()) if slaves.is_dir() else []
    if _is_crypt(device) or not below or depth >= MAX_DEPTH:
        return [device]
    return [bottom for one in below for bottom in _bottoms(one, depth + 1)]


def _is_crypt(device: Path) -> bool:
    try:
        return (device / "dm/uuid").read_text("ascii", "replace").startswith(_CRYPT)
    except OSError:
        return False


def _output(command: list[str]) -> str:
    """What it prints; nothing where it is missing, refuses or takes too long."""
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S,
            check=False, stdin=subprocess.DEVNULL,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
