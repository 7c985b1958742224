"""Whether the disk is encrypted: what is told of made-up systems."""

import subprocess
from pathlib import Path

import pytest

from socialdesk.engine.health import disk
from socialdesk.engine.health.disk import Disk, DiskState, linux_disk, mac_disk, windows_disk, words


class System:
    """A proc and sys of its own, in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "proc/self").mkdir(parents=True)
        (root / "sys/dev/block").mkdir(parents=True)
        self.lines: list[str] = []

    def mount(self, device: str, folder: object, kind: str) -> None:
        shown = str(folder).replace(" ", "\\040")
        self.lines.append(f"29 1 {device} / {shown} rw,relatime shared:1 - {kind} /dev/x rw")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.lines) + "\n")

    def device(self, number: str, uuid: str = "", on: tuple[str, ...] = ()) -> None:
        folder = self.root / "sys/dev/block" / number
        (folder / "slaves").mkdir(parents=True)
        for below in on:
            (folder / "slaves" / below.replace(":", "-")).symlink_to(folder.parent / below)
        if uuid:
            (folder / "dm").mkdir()
            (folder / "dm/uuid").write_text(uuid + "\n")

    def of(self, folder: Path) -> Disk:
        return linux_disk(folder, self.root)


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path / "root")


def test_a_luks_volume_is_encrypted(system, tmp_path) -> None:
    system.mount("254:0", "/", "ext4")
    system.device("8:2")
    system.device("254:0", "CRYPT-LUKS2-0123-root", on=("8:2",))
    assert system.of(tmp_path) == Disk(DiskState.ENCRYPTED, "dm-crypt")


def test_a_logical_volume_on_luks_is_encrypted(system, tmp_path) -> None:
    system.mount("254:1", "/", "ext4")
    system.device("8:2")
    system.device("254:0", "CRYPT-LUKS1-0123-pv", on=("8:2",))
    system.device("254:1", "LVM-abc", on=("254:0",))
    assert system.of(tmp_path).state is DiskState.ENCRYPTED


def test_a_partition_is_not_encrypted(system, tmp_path) -> None:
    system.mount("8:1", "/", "ext4")
    system.device("8:1")
    assert system.of(tmp_path) == Disk(DiskState.PLAIN, "ext4")


def test_a_volume_over_a_plain_and_an_encrypted_disk_is_not_called_encrypted(
    system, tmp_path
) -> None:
    system.mount("254:1", "/", "ext4")
    system.device("8:1")
    system.device("8:2")
    system.device("254:0", "CRYPT-LUKS2-1", on=("8:2",))
    system.device("254:1", "LVM-abc", on=("254:0", "8:1"))
    assert system.of(tmp_path).state is DiskState.UNKNOWN


def test_the_nearest_mount_decides_and_a_later_one_hides_an_earlier(system, tmp_path) -> None:
    home = tmp_path / "my home"
    home.mkdir()
    system.device("8:1")
    system.device("254:0", "CRYPT-LUKS2-1")
    system.mount("8:1", "/", "ext4")
    system.mount("8:1", home, "ext4")
    system.mount("254:0", home, "ext4")
    assert system.of(home / "workspace").state is DiskState.ENCRYPTED
    assert system.of(tmp_path / "my homework").state is DiskState.PLAIN


@pytest.mark.parametrize(
    ("kind", "device", "state"),
    [
        ("ecryptfs", "0:44", DiskState.ENCRYPTED),
        ("fuse.gocryptfs", "0:45", DiskState.ENCRYPTED),
        ("tmpfs", "0:40", DiskState.MEMORY),
        ("overlay", "0:41", DiskState.UNKNOWN),
        ("nfs4", "0:42", DiskState.UNKNOWN),
        ("btrfs", "0:43", DiskState.UNKNOWN),
        ("ext4", "8:9", DiskState.UNKNOWN),  # its device cannot be seen from here
    ],
)
def test_other_file_systems_tell_what_they_can(system, tmp_path, kind, device, state) -> None:
    system.mount(device, "/", kind)
    assert system.of(tmp_path).state is state


def test_a_folder_encrypted_by_its_file_system_is_encrypted(system, tmp_path, monkeypatch) -> None:
    system.mount("8:1", "/", "ext4")
    system.device("8:1")
    assert not disk.is_fscrypt(tmp_path)
    assert not disk.is_fscrypt(tmp_path / "none")
    monkeypatch.setattr(disk, "is_fscrypt", lambda folder: folder == tmp_path)
    assert system.of(tmp_path) == Disk(DiskState.ENCRYPTED, "fscrypt")


@pytest.mark.parametrize("text", ["", "nonsense\n", "1 2 3 - \n", " - ext4\n"])
def test_a_broken_list_of_mounts_is_no_crash(system, tmp_path, text) -> None:
    (system.root / "proc/self/mountinfo").write_text(text)
    assert system.of(tmp_path).state is DiskState.UNKNOWN


def test_devices_in_a_circle_end(system, tmp_path) -> None:
    system.mount("254:1", "/", "ext4")
    system.device("254:0", on=("254:1",))
    system.device("254:1", on=("254:0",))
    assert system.of(tmp_path).state is DiskState.PLAIN


def test_windows_and_macos_are_asked_in_their_own_words() -> None:
    def said(text: str) -> disk.Run:
        return lambda command: text

    assert windows_disk(Path("x"), said("Protection Status:    Protection On")).state.value == (
        "encrypted"
    )
    assert windows_disk(Path("x"), said("Protection Off")).state is DiskState.PLAIN
    assert windows_disk(Path("x"), said("Access denied")).state is DiskState.UNKNOWN
    assert mac_disk(said("FileVault is On.")) == Disk(DiskState.ENCRYPTED, "FileVault")
    assert mac_disk(said("FileVault is Off.")).state is DiskState.PLAIN
    assert mac_disk(said("")).state is DiskState.UNKNOWN


def test_a_tool_that_hangs_or_is_missing_tells_nothing(monkeypatch, tmp_path) -> None:
    def hangs(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, disk.TIMEOUT_S)

    assert disk.disk_of(tmp_path, "freebsd14").state is DiskState.UNKNOWN
    monkeypatch.setattr(subprocess, "run", hangs)
    assert disk.disk_of(tmp_path, "darwin").state is DiskState.UNKNOWN
    monkeypatch.setenv("PATH", "")
    monkeypatch.undo()
    assert disk._output([str(tmp_path / "none")]) == ""


def test_this_machine_is_answered_for_in_a_sentence(tmp_path) -> None:
    assert words(disk.disk_of(tmp_path))
    for state in DiskState:
        assert words(Disk(state, "ext4")).endswith(".")
