"""sqlite_utils without numpy and pandas, which it loads where it finds them: 16 MB and 100 ms that
the engine has no use for. A frozen program has neither."""

import sys
from typing import Final

_LEFT_OUT: Final = {"numpy", "pandas"} - sys.modules.keys()

for _name in _LEFT_OUT:
    sys.modules[_name] = None  # type: ignore[assignment]  # Python's way to say: not there
try:
    from sqlite_utils import Database as Database
    from sqlite_utils import Migrations as Migrations
    from sqlite_utils import utils as utils
finally:
    for _name in _LEFT_OUT:
        del sys.modules[_name]
