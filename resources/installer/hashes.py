"""SHA256SUMS of a release: `python -m resources.installer.hashes DIST [--check]`.

The file is what `sha256sum --check` reads.
"""

import sys
from pathlib import Path
from typing import Final

from resources.installer.tree import sha256

LIST: Final = "SHA256SUMS"


def artefacts(dist: Path) -> list[Path]:
    """The files that are published: all that lie in `dist` itself, sorted."""
    return sorted(path for path in dist.iterdir() if path.is_file() and path.name != LIST)


def write(dist: Path) -> Path:
    """Make the list."""
    target = dist / LIST
    target.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in artefacts(dist)))
    return target


def faults(dist: Path) -> list[str]:
    """A line for each artefact that is not as the list says, or is on one side only."""
    lines = (line.partition("  ") for line in (dist / LIST).read_text().splitlines())
    listed = {name: digest for digest, _, name in lines}
    there = {path.name: sha256(path) for path in artefacts(dist)}
    return [
        name for name in sorted(listed.keys() | there.keys()) if listed.get(name) != there.get(name)
    ]


def main(arguments: list[str]) -> int:
    """Write, or with --check compare; 1 when something is not as listed."""
    dist = Path(arguments[0])
    if "--check" not in arguments:
        sys.stdout.write(f"{write(dist)}\n")
        return 0
    found = faults(dist)
    sys.stdout.write("".join(f"{name} is not as listed\n" for name in found))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
