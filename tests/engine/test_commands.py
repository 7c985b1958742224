"""Commands by name: the type checker and the program see the same; a name costs its room alone."""

import ast
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from socialdesk.engine import commands
from socialdesk.engine.commands import every

PACKAGE = "socialdesk.engine.commands"


def test_what_the_type_checker_sees_is_there_at_run_time():
    tree = ast.parse(Path(str(commands.__file__)).read_text("utf-8"))
    seen = {
        name.name: str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(PACKAGE)
        for name in node.names
    }
    assert {name: f"{PACKAGE}.{room}" for name, room in commands._ROOM_OF.items()} == seen
    for name in seen:
        assert getattr(commands, name) is getattr(sys.modules[seen[name]], name)
    with pytest.raises(AttributeError):
        commands.NoSuchCommand  # noqa: B018


def test_every_room_is_part_of_the_whole():
    whole = set(typing.get_args(every.Command))
    rooms = Path(str(commands.__file__)).parent.glob("*.py")
    for room in {path.stem for path in rooms} - {"__init__", "every"}:
        module = __import__(f"{PACKAGE}.{room}", fromlist=["x"])
        own = {x for x in vars(module).values() if getattr(x, "__module__", "") == module.__name__}
        assert own & whole, room


@pytest.mark.parametrize(("module", "rooms"), [
    ("socialdesk.engine.commands", set()),
    ("socialdesk.ui.compose.composer", {"answering"}),
    ("socialdesk.ui.inbox.triage", {"answering", "bulk", "triage"}),
])  # fmt: skip
def test_a_screen_pays_for_the_rooms_it_uses(module, rooms):
    ask = f"import {module}, sys; print(*[m for m in sys.modules if m.startswith('{PACKAGE}.')])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert {name.removeprefix(f"{PACKAGE}.") for name in done.stdout.split()} == rooms
