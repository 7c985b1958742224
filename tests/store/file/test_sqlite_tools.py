"""The engine loads neither numpy nor pandas, also where they are installed."""

import os
import subprocess
import sys

CODE = """
import sys
from socialdesk.store.file import migrations
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
