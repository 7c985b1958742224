"""The licence texts that ship: those of each work in the bundle, from where it was installed.

`resources/licenses` holds what no package brings (Qt's, Python's); what packages bring is copied
into `resources/licenses/packages/NAME` and `.../system/NAME` of the bundle when it is built, so
that the texts are those of the versions that ship.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from resources.installer.bundle import Entry
from resources.installer.owners import Kind, Owner, licence_files, owner_of

FOLDERS: Final = {Kind.PACKAGE: "packages", Kind.DEBIAN: "system"}
PLACE: Final = "resources/licenses"


def owners(entries: Iterable[Entry], root: Path) -> set[Owner]:
    """Who made the files of a bundle; `root`: the checkout."""
    found = (owner_of(Path(source), root) for _, source, _ in entries if Path(source).is_file())
    return {owner for owner in found if owner is not None}


def licence_entries(entries: Iterable[Entry], root: Path) -> list[Entry]:
    """A text or more for each work in `entries`, as data of the bundle."""
    chosen = [owner for owner in owners(entries, root) if owner.kind in FOLDERS]
    return sorted(
        (place_of(owner, text), str(text), "DATA")
        for owner in chosen
        for text in licence_files(owner)
    )


def place_of(owner: Owner, text: Path) -> str:
    """Where a text goes in the bundle's own folder."""
    return f"{PLACE}/{FOLDERS[owner.kind]}/{owner.name}/{text.name}"
