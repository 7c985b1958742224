"""No two rooms of the engine need each other, so that each can be read without the others."""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ENGINE: Final = Path(__file__).parents[1] / "socialdesk" / "engine"
PREFIX: Final = "socialdesk.engine."
# A drill opens a desk of its own, and the desk is made of drills: imported when one begins.
LATE: Final = {("drills", "inline")}

Needs = Mapping[str, set[str]]


def needs_of_rooms() -> Needs:
    """By room (a folder, or a file beside the folders): the rooms that it imports from."""
    needs: dict[str, set[str]] = {}
    for file in ENGINE.rglob("*.py"):
        room = file.relative_to(ENGINE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                rooms = {
                    n.removeprefix(PREFIX).split(".")[0] for n in names if n.startswith(PREFIX)
                }
                needs.setdefault(room, set()).update(rooms - {room})
    return needs


def rooms_in_circles(needs: Needs) -> set[str]:
    """What is left when every room that needs none of the others left is taken away."""
    left = set(needs)
    while free := {room for room in left if not needs[room] & left}:
        left -= free
    return left


def test_no_two_rooms_of_the_engine_need_each_other() -> None:
    needs = {
        room: {other for other in others if (room, other) not in LATE}
        for room, others in needs_of_rooms().items()
    }
    assert len(needs) > 20
    assert not rooms_in_circles(needs)


def test_a_circle_is_found() -> None:
    assert rooms_in_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == {
        "a",
        "b",
        "c",
        "d",
    }
    assert not rooms_in_circles({"a": {"b"}, "b": {"c"}, "c": set()})
