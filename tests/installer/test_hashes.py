"""The published hashes: complete, readable by sha256sum, and a changed artefact is named."""

import subprocess
from pathlib import Path

import pytest

from resources.installer import hashes, tree
from tests.installer.conftest import needs


@pytest.fixture
def dist(small_bundle: Path) -> Path:
    """Two artefacts beside the bundle's folder, listed."""
    folder = small_bundle.parent
    (folder / "one.deb").write_bytes(b"one")
    (folder / "two.tar.gz").write_bytes(b"two")
    hashes.write(folder)
    return folder


@pytest.mark.promise(44)
def test_every_artefact_is_listed_as_sha256sum_reads_it(dist: Path) -> None:
    needs("sha256sum")
    subprocess.run(["sha256sum", "--check", "--strict", hashes.LIST], cwd=dist, check=True)
    assert hashes.faults(dist) == []
    assert len((dist / hashes.LIST).read_text().splitlines()) == 2


@pytest.mark.promise(44)
def test_a_changed_a_new_and_a_missing_artefact_are_named(dist: Path) -> None:
    (dist / "one.deb").write_bytes(b"other")
    (dist / "two.tar.gz").unlink()
    (dist / "three.zip").touch()
    assert hashes.faults(dist) == ["one.deb", "three.zip", "two.tar.gz"]
    assert hashes.main([str(dist), "--check"]) == 1


def test_two_trees_are_compared_by_content_and_links(small_bundle: Path, tmp_path: Path) -> None:
    before = tree.contents(small_bundle)
    internal = small_bundle / "_internal"
    assert tree.differences(before, tree.contents(small_bundle)) == []
    (internal / "resources" / "words.txt").write_text("hallo\n")
    (internal / "libpond.so").unlink()
    (internal / "libpond.so").symlink_to("elsewhere")
    (internal / "new.so").touch()
    (small_bundle / "socialdesk").unlink()
    assert tree.differences(before, tree.contents(small_bundle)) == [
        "changed: _internal/libpond.so", "extra: _internal/new.so",
        "changed: _internal/resources/words.txt", "missing: socialdesk",
    ]  # fmt: skip
