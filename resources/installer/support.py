"""PySide6's own Python code, compiled once: the folder `shiboken6/files.dir` of the frozen program.

It lies as sources in an archive inside one of PySide6's libraries, which compiles them at each
start unless it finds that folder (its own switch SBK_EMBED=0 makes one of sources). 2026-11: of
the frozen program's start 15 of 370 ms, processor, on a busy machine.
"""

import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compile_file
from tempfile import TemporaryDirectory
from typing import Final

PLACE: Final = "shiboken6/files.dir"
# In a process of its own: PySide6 puts its import in place of Python's.
_UNPACK: Final = """
import sys
import PySide6.QtCore
from signature_bootstrap import prepare_zipfile
prepare_zipfile()[1].zfile.extractall(sys.argv[1])
"""


def compile_into(internal: Path) -> None:
    """`internal`: the folder of a bundle's parts. The same bytes each time. Raises
    CalledProcessError, PyCompileError."""
    with TemporaryDirectory() as name:
        sources = Path(name)
        subprocess.run([sys.executable, "-c", _UNPACK, name], check=True)
        for source in sorted(sources.rglob("*.py")):
            place = source.relative_to(sources)
            compile_file(
                str(source), str(internal / PLACE / place.with_suffix(".pyc")), str(place),
                doraise=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
            )  # fmt: skip
