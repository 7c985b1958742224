"""Made-up lists of mounts, as the kernel writes them."""

from pathlib import Path

import pytest

from socialdesk.store.file import drives


def mounted(
    monkeypatch: pytest.MonkeyPatch, root: Path, *mounts: tuple[Path | str, str, str]
) -> None:
    """From now on these: folder, file system, source."""
    write_mounts(root, *mounts)
    monkeypatch.setattr(drives, "ROOT", root)


def write_mounts(root: Path, *mounts: tuple[Path | str, str, str]) -> None:
    """In the mountinfo under `root`."""
    (root / "proc/self").mkdir(parents=True, exist_ok=True)
    lines = []
    for folder, kind, source in mounts:
        shown = str(folder).replace(" ", "\\040")
        lines.append(f"29 1 0:44 / {shown} rw,relatime shared:1 - {kind} {source} rw")
    (root / "proc/self/mountinfo").write_text("".join(f"{line}\n" for line in lines))
