"""Which drives are network drives, by made-up systems' own words."""

import sys
from pathlib import Path, PureWindowsPath

import pytest

from socialdesk.store.file import drives
from socialdesk.store.file.drives import Mount, mac_mounts, nearest, network_kind, windows_kind
from socialdesk.store.file.sqlite import address_of
from tests.store.file.mounts import mounted


@pytest.mark.parametrize(
    ("kind", "source", "name"),
    [
        ("nfs", "nas:/desk", "nfs"),
        ("nfs4", "nas:/desk", "nfs4"),
        ("cifs", "//nas/desk", "cifs"),
        ("smb3", "//nas/desk", "smb3"),
        ("9p", "C:\\134", "9p"),
        ("afs", "AFS", "afs"),
        ("fuse.sshfs", "ann@nas:", "sshfs"),
        ("fuse.rclone", "shop:", "rclone"),
        ("fuse.gvfsd-fuse", "gvfsd-fuse", "gvfsd-fuse"),
        ("fuse", "https://nas.example/dav", "webdav"),
        ("fuse", "/dev/sdb1", ""),  # a foreign file system on a disk of this computer
        ("fuse.gocryptfs", "/home/ann/.secret", ""),
        ("ext4", "/dev/sda1", ""),
        ("btrfs", "/dev/sda1", ""),
        ("overlay", "overlay", ""),
        ("tmpfs", "tmpfs", ""),
    ],
)
def test_linux_tells_network_drives_by_their_file_system(
    kind, source, name, tmp_path, monkeypatch
) -> None:
    mounted(monkeypatch, tmp_path / "root", ("/", "ext4", "/dev/sda1"), (tmp_path, kind, source))
    assert network_kind(tmp_path / "workspaces" / "main", "linux") == name
    assert network_kind(tmp_path.parent, "linux") == ""


def test_a_disk_mounted_over_a_network_drive_counts(tmp_path, monkeypatch) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    mounted(
        monkeypatch, tmp_path / "root",
        (tmp_path, "nfs4", "nas:/"), (near, "ext4", "/dev/sdb1"), (far, "ext4", "/dev/sdb1"),
        (far, "cifs", "//nas/far"),
    )  # fmt: skip
    assert network_kind(near, "linux") == ""
    assert network_kind(far / "deep", "linux") == "cifs"
    assert network_kind(tmp_path / "nearby", "linux") == "nfs4"


def test_a_link_to_a_network_drive_leads_there(tmp_path, monkeypatch) -> None:
    far, link = tmp_path / "far", tmp_path / "link"
    far.mkdir()
    link.symlink_to(far)
    mounted(monkeypatch, tmp_path / "root", ("/", "ext4", "/dev/a"), (far, "fuse.sshfs", "nas:"))
    assert network_kind(link, "linux") == "sshfs"


def test_nothing_is_claimed_where_nothing_is_known(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(drives, "ROOT", tmp_path / "none")
    assert network_kind(tmp_path, "linux") == ""
    assert network_kind(tmp_path, "freebsd14") == ""
    mounted(monkeypatch, tmp_path / "root")
    assert network_kind(tmp_path, "linux") == ""


def test_macos_tells_it_by_the_words_of_mount(tmp_path, monkeypatch) -> None:
    text = (
        "/dev/disk3s1 on / (apfs, sealed, local, read-only)\n"
        f"//ann@nas.example/my desk on {tmp_path} (smbfs, nodev, nosuid, mounted by ann)\n"
        "map auto_home on /System/Volumes/Data/home (autofs, automounted)\n"
        "no mount at all\n"
    )
    found = nearest(tmp_path / "main", mac_mounts(text))
    assert found == Mount("", str(tmp_path), "smbfs", "//ann@nas.example/my desk")
    monkeypatch.setattr(drives, "_mount_output", lambda: text)
    assert network_kind(tmp_path / "main", "darwin") == "smbfs"
    assert network_kind(tmp_path.parent, "darwin") == ""


def test_windows_tells_it_by_the_path_or_the_drive(monkeypatch) -> None:
    monkeypatch.setattr(drives, "_drive_type", lambda root: {"Z:\\": 4, "C:\\": 3}.get(root, 0))
    assert windows_kind(Path(r"\\nas\desk\main")) == "smb"
    assert windows_kind(Path(r"Z:\desk")) == "smb"
    assert windows_kind(Path(r"C:\Users\ann")) == ""
    assert windows_kind(Path("desk")) == ""


def test_this_machine_is_asked_without_harm(tmp_path) -> None:
    assert isinstance(network_kind(tmp_path), str)
    assert drives._drive_type("C:\\") == 0 or sys.platform == "win32"


def test_sqlite_is_given_an_address_without_a_server() -> None:
    there = PureWindowsPath(r"\\nas\my desk\workspace.db")
    assert address_of(there) == "file:////nas/my%20desk/workspace.db"
    assert address_of(PureWindowsPath(r"C:\desk\workspace.db")) == "file:///C:/desk/workspace.db"
    assert address_of(Path("/desk/workspace.db")) == "file:///desk/workspace.db"
