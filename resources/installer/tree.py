"""What a folder holds, byte by byte: to compare two builds (`python -m resources.installer.tree A
B`), and a build with its bill of materials."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

CHUNK_BYTES = 1 << 20


def sha256(path: Path) -> str:
    """Of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def contents(folder: Path) -> dict[str, str]:
    """By path with slashes: each file's SHA-256, and where each link points, as "-> target"."""
    return dict(_contents(folder))


def _contents(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield name, f"-> {path.readlink().as_posix()}"
        elif path.is_file():
            yield name, sha256(path)


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """A line for each path that only one has, or that is not the same in both."""
    return [
        f"{'missing' if name not in other else 'extra' if name not in one else 'changed'}: {name}"
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    ]


def main(arguments: list[str]) -> int:
    """A B: 1 when they differ."""
    found = differences(*(contents(Path(one)) for one in arguments))
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(found)} differences\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
