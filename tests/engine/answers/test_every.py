"""Each question finds its answer, and brings no other room's code with it."""

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from socialdesk.engine import queries
from socialdesk.engine.answers.every import _AT_ONCE, _later
from socialdesk.engine.queries.base import Query

ROOMS = [queries, *(
    import_module(f"{queries.__name__}.{room.name}")
    for room in pkgutil.iter_modules(queries.__path__)
    if room.name != "base"
)]  # fmt: skip
QUESTIONS = [
    kind
    for room in ROOMS
    for _, kind in inspect.getmembers(room, inspect.isclass)
    if issubclass(kind, Query) and kind is not Query and kind.__module__ == room.__name__
]


@pytest.mark.parametrize("kind", QUESTIONS, ids=lambda kind: kind.__name__)
def test_each_question_has_its_answer(kind):
    assert callable(_AT_ONCE.get(kind) or _later(kind))


def test_a_question_of_no_room_is_told_of():
    class Asked:
        __module__ = f"{queries.__name__}.macros"

    with pytest.raises(LookupError, match="Asked"):
        _later(Asked)


ALONE = """
import sys
from socialdesk.engine.answers.every import _later
from socialdesk.engine.queries.bulk import ListJobs
_later(ListJobs)
print(*(name for name in sys.modules if name.startswith("socialdesk.engine.answers.")))
"""


def test_a_room_is_imported_when_it_is_first_asked():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    rooms = {name.rpartition(".")[2] for name in done.stdout.split()}
    assert rooms == {"every", "bulk"}
