"""Whose work each part of a finished bundle is: its files, and the modules in its archive.

Nothing of the build's own records is believed: files are looked up by where they lie, libraries of
the system by their content, modules by the archive in the executable itself.
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from PyInstaller.archive.readers import CArchiveReader

from resources.installer.notices import FOLDERS, PLACE
from resources.installer.owners import (
    Kind,
    Owner,
    debian_owner,
    debian_package,
    package_owner,
    packages,
    python,
)
from resources.installer.release import PROGRAM
from resources.installer.tree import sha256

INTERNAL: Final = "_internal"
BOOT: Final = re.compile(r"(pyi|_pyi|struct$|PYZ)")  # what PyInstaller itself puts in
_PYTHONS: Final = re.compile(r"(base_library\.zip$|libpython3|python3\.\d+/|lib-dynload/)")


class UnknownPartError(Exception):
    """A part of the bundle is nobody's: the bill of materials would not be true."""


def owner_of_file(bundle: Path, name: str) -> Owner:
    """`name`: the path in the bundle, with slashes. Raises UnknownPartError."""
    path = bundle / name
    if path.is_symlink():
        return owner_of_file(bundle, path.resolve().relative_to(bundle.resolve()).as_posix())
    if not name.startswith(f"{INTERNAL}/"):
        return PROGRAM  # the executable: its start code and modules are listed one by one
    place = name.removeprefix(f"{INTERNAL}/")
    found = (
        _of_notice(place) or _of_program(place) or _of_package(place) or _of_python(place)
        or _of_system(path)
    )  # fmt: skip
    if found is None:
        raise UnknownPartError(name)
    return found


def _of_notice(place: str) -> Owner | None:
    kinds = {folder: kind for kind, folder in FOLDERS.items()}
    parts = PurePosixPath(place).parts
    if not place.startswith(f"{PLACE}/") or parts[2] not in kinds:
        return None
    if kinds[parts[2]] is Kind.PACKAGE:
        return package_owner(parts[3])
    return debian_package(parts[3])


def _of_program(place: str) -> Owner | None:
    return PROGRAM if place.startswith("resources/") else None


def _of_package(place: str) -> Owner | None:
    name = _package_files().get(place) or _top_folders().get(PurePosixPath(place).parts[0])
    return package_owner(name) if name else None


def _of_python(place: str) -> Owner | None:
    return python() if _PYTHONS.match(place) else None


def _of_system(path: Path) -> Owner | None:
    """A library of the system is known by its name, and must be the very file."""
    source = _system_libraries().get(path.name)
    if source is None or sha256(source.resolve()) != sha256(path):
        return None
    return debian_owner(source.resolve())


@cache
def _package_files() -> dict[str, str]:
    """Canonical names of packages by each path in their RECORD."""
    return {file.as_posix(): name for name, one in packages().items() for file in one.files or ()}


@cache
def _top_folders() -> dict[str, str]:
    """Canonical names of packages by their folders, those of several packages left out."""
    owners: dict[str, set[str]] = {}
    for place, name in _package_files().items():
        owners.setdefault(place.partition("/")[0], set()).add(name)
    return {folder: names.pop() for folder, names in owners.items() if len(names) == 1}


@cache
def _system_libraries() -> dict[str, Path]:
    """The system's libraries by file name, as its loader finds them."""
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True)
    lines = (line.split(" => ") for line in listed.stdout.splitlines() if " => " in line)
    found = [(words[0].split()[0], Path(words[1])) for words in lines]
    return dict(reversed(found))  # of several machines' the first counts


def modules(bundle: Path) -> dict[str, Owner]:
    """Whose each module in the executable's archive is, by its name. Raises UnknownPartError."""
    archive = CArchiveReader(str(bundle / "socialdesk"))
    names = set(archive.open_embedded_archive("PYZ.pyz").toc)
    names |= {name for name in archive.toc if not name.startswith("PYZ")}
    return {name: owner_of_module(name) for name in sorted(names)}


def owner_of_module(name: str) -> Owner:
    """Raises UnknownPartError."""
    top = name.partition(".")[0]
    if top in ("socialdesk", "__main__"):
        return PROGRAM
    path = name.replace(".", "/")
    for place in (f"{path}.py", f"{path}/__init__.py"):
        if found := _package_files().get(place):
            return package_owner(found)
    if top in sys.stdlib_module_names or top.startswith("_sysconfigdata"):
        return python()
    if BOOT.match(name):
        return package_owner("pyinstaller")
    for place, found in _package_files().items():  # a folder that several packages share
        if place.startswith(f"{path}/"):
            return package_owner(found)
    raise UnknownPartError(f"module {name}")
