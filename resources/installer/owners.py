"""Whose work a file is: a Python package, Python itself, a Debian package, or SocialDesk.

Used twice: to ship the licence of all that is in the bundle, and to name it in the bill of
materials.
"""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from socialdesk import __version__

_NOTICE: Final = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_DOC: Final = Path("/usr/share/doc")


class Kind(Enum):
    """What an owner is."""

    PROGRAM = "program"  # SocialDesk
    PYTHON = "python"  # the language, its library and its interpreter
    PACKAGE = "package"  # from a wheel
    DEBIAN = "debian"  # a library of the system it was built on


@dataclass(frozen=True, slots=True)
class Owner:
    """One work. `name`: canonical for Python packages, Debian's own for Debian's."""

    kind: Kind
    name: str
    version: str


def canonical(name: str) -> str:
    """A Python package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python() -> Owner:
    """The interpreter that runs this."""
    return Owner(Kind.PYTHON, "python", ".".join(str(part) for part in sys.version_info[:3]))


@cache
def packages() -> dict[str, Distribution]:
    """The installed Python packages by canonical name."""
    return {canonical(one.metadata["Name"]): one for one in distributions()}


def package_owner(name: str) -> Owner:
    """Raises KeyError where that package is not installed."""
    return Owner(Kind.PACKAGE, name, packages()[name].version)


@cache
def _package_of_file() -> dict[str, str]:
    """Canonical names by the absolute path of each file that a package's RECORD lists."""
    return {
        str(Path(str(one.locate_file(file))).resolve()): name
        for name, one in packages().items()
        for file in one.files or ()
    }


def owner_of(path: Path, root: Path) -> Owner | None:
    """Who made the file `path` of this machine; `root`: the checkout. None: nobody known."""
    real = path.resolve()
    if (name := _package_of_file().get(str(real))) is not None:
        return package_owner(name)
    if any(real.is_relative_to(folder) for folder in _python_folders()) or _is_libpython(real):
        return python()
    if real.is_relative_to(root.resolve()):
        return Owner(Kind.PROGRAM, "socialdesk", __version__)
    return debian_owner(real)


@cache
def _python_folders() -> tuple[Path, ...]:
    return tuple(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib"))


def _is_libpython(path: Path) -> bool:
    return path.name.startswith("libpython3")


@cache
def debian_owner(path: Path) -> Owner | None:
    """The Debian package that brought a file; None where there is no dpkg, or none did."""
    # /lib is a link to /usr/lib since Debian 12, and dpkg knows a file by its older name
    tries = (path, Path(str(path).removeprefix("/usr")), Path("/usr" + str(path)))
    for one in tries:
        found = _asked("dpkg-query", "--search", str(one)).partition(": ")[0].split(",")[0]
        if found:
            return debian_package(found)
    return None


def debian_package(name: str) -> Owner:
    """`name`: with or without its machine, as "zlib1g:amd64"."""
    version = _asked("dpkg-query", "-Wf${Version}", name)
    return Owner(Kind.DEBIAN, name.partition(":")[0], version)


def _asked(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def licence_files(owner: Owner) -> Iterator[Path]:
    """The texts that come with a Python or Debian package, sorted."""
    if owner.kind is Kind.PACKAGE:
        one = packages()[owner.name]
        listed = (Path(str(one.locate_file(f))) for f in one.files or () if _is_notice(f.parts))
        yield from sorted(path for path in listed if path.is_file())
    elif owner.kind is Kind.DEBIAN and (text := _DOC / owner.name / "copyright").is_file():
        yield text


def _is_notice(parts: tuple[str, ...]) -> bool:
    return parts[0].endswith(".dist-info") and bool(_NOTICE.search(parts[-1]))
