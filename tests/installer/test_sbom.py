"""The bill of materials: every part is somebody's, with a licence, and a difference is found."""

import json
from pathlib import Path
from typing import Any

import pytest

from resources.installer import inside, sbom
from resources.installer.owners import (
    Kind,
    Owner,
    canonical,
    licence_files,
    owner_of,
    package_owner,
    packages,
    python,
)
from resources.installer.release import PROGRAM, ROOT

NOTICES = sbom.NOTICES.read_text("utf-8")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small bundle's library is the pond's; its executable holds two modules."""
    pond = Owner(Kind.DEBIAN, "libpond1", "1.0")
    monkeypatch.setattr(inside, "_of_system", lambda path: pond if "pond" in path.name else None)
    found = {"socialdesk": PROGRAM, "requests": package_owner("requests")}
    monkeypatch.setattr(sbom, "modules", lambda _bundle: found)


def a_bill(bundle: Path) -> dict[str, Any]:
    notices = f"{NOTICES}\n| libpond1 | MIT | water |\n"
    document: dict[str, Any] = json.loads(sbom.as_json(sbom.bill(bundle, notices)))
    return document


@pytest.mark.promise(44)
@pytest.mark.usefixtures("known")
def test_a_bill_has_every_file_and_module_and_no_other(small_bundle: Path) -> None:
    document = a_bill(small_bundle)
    assert sbom.faults(small_bundle, document) == []
    named = {one["name"]: one["licenses"][0]["license"]["id"] for one in document["components"]}
    assert named == {"socialdesk": "MIT", "libpond1": "MIT", "requests": "Apache-2.0"}


@pytest.mark.promise(44)
@pytest.mark.usefixtures("known")
def test_what_was_added_changed_or_removed_since_is_found(small_bundle: Path) -> None:
    document = a_bill(small_bundle)
    (small_bundle / "_internal" / "spy.so").touch()
    (small_bundle / "_internal" / "libpond.so.1").write_bytes(b"other")
    (small_bundle / "_internal" / "resources" / "words.txt").unlink()
    assert set(sbom.faults(small_bundle, document)) == {
        "changed: _internal/libpond.so.1", "missing: _internal/spy.so",
        "extra: _internal/resources/words.txt",
    }  # fmt: skip


@pytest.mark.usefixtures("known")
def test_a_bill_is_the_same_each_time(small_bundle: Path) -> None:
    assert a_bill(small_bundle) == a_bill(small_bundle)


@pytest.mark.usefixtures("known")
def test_a_part_that_is_nobodys_stops_the_build(small_bundle: Path) -> None:
    (small_bundle / "_internal" / "frog.bin").touch()
    with pytest.raises(inside.UnknownPartError, match=r"frog\.bin"):
        a_bill(small_bundle)


@pytest.mark.usefixtures("known")
def test_a_work_without_a_licence_in_the_notices_stops_the_build(small_bundle: Path) -> None:
    with pytest.raises(sbom.NoLicenceError, match="libpond1"):
        sbom.bill(small_bundle, NOTICES)


def test_a_module_belongs_to_who_brought_it() -> None:
    assert inside.owner_of_module("socialdesk.app") == PROGRAM
    assert inside.owner_of_module("json.decoder") == python()
    assert inside.owner_of_module("requests.api").name == "requests"
    assert inside.owner_of_module("jaraco").name.startswith("jaraco-")  # a folder they share
    assert inside.owner_of_module("pyiboot01_bootstrap").name == "pyinstaller"
    with pytest.raises(inside.UnknownPartError):
        inside.owner_of_module("frog")


def test_a_file_of_this_machine_belongs_to_who_brought_it() -> None:
    assert owner_of(ROOT / "README.md", ROOT) == PROGRAM
    assert owner_of(Path(json.__file__), ROOT) == python()
    requests = Path(str(packages()["requests"].locate_file("requests/api.py")))
    found = owner_of(requests, ROOT)
    assert found is not None
    assert found.name == "requests"


def test_every_package_that_ships_brings_its_licence_or_has_it_here() -> None:
    texts = {path.stem for path in sbom.NOTICES.parent.glob("*.txt")}
    assert texts >= {"GPL-3", "LGPL-3", "LGPL-2.1", "MPL-2.0", "Apache-2.0", "Python", "ICU",
                     "Qt-parts"}  # fmt: skip
    qt = {"pyside6-essentials", "shiboken6"}  # no wheel of theirs brings a text
    named = sbom.licences(NOTICES).keys() & packages().keys()
    assert len(named) > 30
    without = {
        name for name in named - qt - {"socialdesk"} if not [*licence_files(package_owner(name))]
    }
    assert not without


def test_names_are_compared_as_the_package_index_does() -> None:
    assert canonical("Jaraco_Classes") == canonical("jaraco.classes") == "jaraco-classes"
