"""`make eval DATA=folder`: how good the classifiers are, on texts they have not seen.

    python -m tests.eval DATA [SUBJECT ...]

A subject is a file `measure_NAME.py` here with `measure(data: Path) -> Iterator[Report]`; one more
file is one more subject. Nothing is written. DATA holds the labelled texts, see labelled.py; their
sources and licences are in the README. There is no default: the texts are not ours to ship.
"""

import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.eval.labelled import NoDataError, checked


def subjects() -> list[str]:
    """The names of the measure_*.py beside this file."""
    files = Path(__file__).parent.glob("measure_*.py")
    return sorted(file.stem.removeprefix("measure_") for file in files)


def main(args: Sequence[str]) -> int:
    """0 also when a goal is missed: figures are for reading. 2 when they cannot be taken."""
    if not args:
        print("Name the folder of labelled texts: make eval DATA=folder", file=sys.stderr)
        return 2
    folder, *chosen = args
    if unknown := sorted(set(chosen) - set(subjects())):
        print(
            f"There is no subject {unknown[0]}; there are {', '.join(subjects())}.", file=sys.stderr
        )
        return 2
    try:
        data = checked(Path(folder))
    except NoDataError as e:
        print(e, file=sys.stderr)
        return 2
    for name in chosen or subjects():
        _measure(name, data)
    return 0


def _measure(name: str, data: Path) -> None:
    began = time.monotonic()
    for report in import_module(f"tests.eval.measure_{name}").measure(data):
        print(f"\n== {report.title}\n{report.table()}", flush=True)
    print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
