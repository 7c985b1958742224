"""The bill of materials of a bundle, as CycloneDX JSON: `python -m resources.installer.sbom BUNDLE
OUT`.

Each work is a component; each file of the bundle lies in one as a component of its own with its
SHA-256, a link as what it points to; modules in the executable's archive are properties of theirs.
Licences are those of THIRD_PARTY.md. Source: CycloneDX 1.6, JSON.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from resources.installer.inside import modules, owner_of_file
from resources.installer.owners import Kind, Owner, canonical
from resources.installer.release import NAME, PROGRAM, ROOT, epoch
from resources.installer.tree import contents, differences

NOTICES: Final = ROOT / "resources" / "licenses" / "THIRD_PARTY.md"
MODULE, LINK = "socialdesk:module", "socialdesk:link"
_LINK: Final = "-> "
_NAMES: Final = re.compile(r"[\w.+-]+")
_TYPES: Final = {Kind.PACKAGE: "pypi", Kind.DEBIAN: "deb"}


class NoLicenceError(Exception):
    """Works in the bundle are not in THIRD_PARTY.md."""


def licences(notices: str) -> dict[str, str]:
    """What the tables of THIRD_PARTY.md say: the licence by each word of a first cell, those of
    Python packages as canonical names."""
    rows = (line.strip("|").split("|") for line in notices.splitlines() if line.startswith("|"))
    found: dict[str, str] = {"socialdesk": "MIT"}
    for cells in rows:
        for word in _NAMES.findall(cells[0]):
            found.setdefault(word.lower(), cells[1].strip())
            found.setdefault(canonical(word), cells[1].strip())
    return found


def bill(bundle: Path, notices: str) -> Bom:
    """Raises UnknownPartError, NoLicenceError."""
    found, inside, known = contents(bundle), modules(bundle), licences(notices)
    files: dict[Owner, dict[str, str]] = {}
    for name, content in found.items():
        files.setdefault(owner_of_file(bundle, name), {})[name] = content
    imported: dict[Owner, list[str]] = {}
    for name, owner in inside.items():
        imported.setdefault(owner, []).append(name)
    owners = sorted(files.keys() | imported.keys(), key=lambda one: (one.kind.value, one.name))
    if unnamed := [owner.name for owner in owners if owner.name not in known]:
        raise NoLicenceError(", ".join(unnamed))
    made = [_component(o, files.get(o, {}), imported.get(o, []), known) for o in owners]
    bom = Bom(components=made, serial_number=_serial(found))
    bom.metadata.timestamp = datetime.fromtimestamp(epoch(), UTC)
    bom.metadata.component = whole = Component(
        name=PROGRAM.name, version=PROGRAM.version, type=ComponentType.APPLICATION,
        bom_ref="bundle",
    )  # fmt: skip
    bom.register_dependency(whole, made)
    return bom


def _serial(found: Mapping[str, str]) -> uuid.UUID:
    """The same for the same content."""
    return uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(found, sort_keys=True))


def _component(
    owner: Owner, files: Mapping[str, str], imported: Iterable[str], known: Mapping[str, str]
) -> Component:
    kind = ComponentType.APPLICATION if owner.kind is Kind.PROGRAM else ComponentType.LIBRARY
    return Component(
        name=owner.name, version=owner.version, type=kind,
        bom_ref=f"{owner.kind.value}:{owner.name}", purl=_purl(owner),
        licenses=[LicenseFactory().make_from_string(known[owner.name])],
        properties=[Property(name=MODULE, value=name) for name in imported],
        components=[_file(name, content) for name, content in files.items()],
    )  # fmt: skip


def _purl(owner: Owner) -> PackageURL:
    namespace = "debian" if owner.kind is Kind.DEBIAN else None
    return PackageURL(_TYPES.get(owner.kind, "generic"), namespace, owner.name, owner.version)


def _file(name: str, content: str) -> Component:
    ref = f"file:{name}"
    if content.startswith(_LINK):
        to = Property(name=LINK, value=content.removeprefix(_LINK))
        return Component(name=name, type=ComponentType.FILE, bom_ref=ref, properties=[to])
    digest = HashType(alg=HashAlgorithm.SHA_256, content=content)
    return Component(name=name, type=ComponentType.FILE, bom_ref=ref, hashes=[digest])


def as_json(bom: Bom) -> str:
    """Indented, in a fixed order."""
    plain: str = JsonV1Dot6(bom).output_as_string()
    return json.dumps(json.loads(plain), indent=1, sort_keys=True) + "\n"


def listed(document: Mapping[str, Any]) -> dict[str, str]:
    """The contents that a bill names, as `tree.contents` gives them for a folder; modules as
    "module NAME"."""
    return dict(_listed(document))


def _listed(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for work in document["components"]:
        for one in work.get("properties", ()):
            yield f"module {one['value']}", work["bom-ref"]
        for file in work.get("components", ()):
            links = [p["value"] for p in file.get("properties", ()) if p["name"] == LINK]
            content = _LINK + links[0] if links else file["hashes"][0]["content"]
            yield file["name"], content


def faults(bundle: Path, document: Mapping[str, Any]) -> list[str]:
    """A line for each file or module of `bundle` that its bill lacks, has too many or otherwise."""
    there = contents(bundle)
    for name, owner in modules(bundle).items():
        there[f"module {name}"] = f"{owner.kind.value}:{owner.name}"
    return differences(there, listed(document))


def path_of(out: Path) -> Path:
    """Where the bill lies beside the other artefacts."""
    return out / f"{NAME}.cdx.json"


def main(arguments: list[str]) -> int:
    """BUNDLE OUT: write the bill and compare it with the bundle."""
    bundle, out = map(Path, arguments)
    path_of(out).write_text(as_json(bill(bundle, NOTICES.read_text("utf-8"))), encoding="utf-8")
    document = json.loads(path_of(out).read_text("utf-8"))
    found = faults(bundle, document)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    n_works, n_parts = len(document["components"]), len(listed(document))
    sys.stdout.write(f"{path_of(out)}: {n_works} works, {n_parts} parts, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
