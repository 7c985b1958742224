"""Puts feedparser's 2,242 test feeds into .cache/feedparser, once: `make feed-corpus`.

They come in its source package (BSD-2-Clause); 43 small ones are in tests/fixtures.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "6.0.14"
FOLDER = Path(__file__).parents[2] / ".cache" / "feedparser"


def main() -> int:
    """0 when the feeds are there; pip's exit code when it cannot get them."""
    ready = FOLDER / f"ready-{VERSION}"
    if ready.exists():
        return 0
    with tempfile.TemporaryDirectory() as folder:
        source = ["--no-deps", "--no-binary", ":all:", f"feedparser=={VERSION}"]
        command = [sys.executable, "-m", "pip", "download", "-q", "-d", folder, *source]
        done = subprocess.run(command)
        if done.returncode:
            print("The test feeds were not fetched: pip could not get feedparser's source.")
            return done.returncode
        unpack(next(Path(folder).glob("feedparser-*.tar.gz")))
    ready.touch()
    return 0


def unpack(package: Path) -> None:
    """Its test feeds, as they lie in it, below FOLDER."""
    with tarfile.open(package) as archive:
        for member in archive:
            inside = Path(*Path(member.name).parts[1:])
            if member.isfile() and inside.parts[:1] == ("tests",) and inside.suffix == ".xml":
                data = archive.extractfile(member)
                assert data is not None
                target = FOLDER / inside.relative_to("tests")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data.read())


if __name__ == "__main__":
    raise SystemExit(main())
