"""The engine loads neither numpy nor pandas, also where they are installed, and sqlite_utils itself
only where the file has to grow."""

import os
import subprocess
import sys

from tests.store.queue_file import QueueFile

CODE = """
import sys
from socialdesk.store.file import steps
assert not {"numpy", "pandas"} & sys.modules.keys()
import numpy
assert numpy.is_ours
"""


def test_sqlite_utils_comes_alone_and_hides_nothing_from_others(tmp_path):
    for name in ("numpy", "pandas"):
        (tmp_path / f"{name}.py").write_text("is_ours = True")
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", CODE], env={**os.environ, "PYTHONPATH": paths},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


OPENED = """
import sys
from pathlib import Path
from socialdesk.store.file.migrations import open_current
open_current(Path(sys.argv[1]), 0).close()
assert "sqlite_utils" not in sys.modules
"""


def test_a_file_of_the_newest_schema_is_opened_without_sqlite_utils(file: QueueFile):
    file.close()
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(file.path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
