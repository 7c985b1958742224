"""No two rooms of a layer need each other, so that each can be read without the others."""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

SOURCES: Final = Path(__file__).parents[1] / "socialdesk"

Needs = Mapping[str, set[str]]


def needs_of_rooms(layer: str) -> Needs:
    """By room (a folder, or a file beside the folders): the rooms that it imports from."""
    needs: dict[str, set[str]] = {}
    prefix = f"socialdesk.{layer}."
    for file in (SOURCES / layer).rglob("*.py"):
        room = file.relative_to(SOURCES / layer).parts[0].removesuffix(".py")
        found = needs.setdefault(room, set())
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                ours = [name.removeprefix(prefix) for name in names if name.startswith(prefix)]
                found |= {n.split(".")[0] for n in ours} - {room}
    return needs


def rooms_in_circles(needs: Needs) -> set[str]:
    """What is left when every room that needs none of the others left is taken away."""
    left = set(needs)
    while free := {room for room in left if not needs[room] & left}:
        left -= free
    return left


@pytest.mark.parametrize(("layer", "n_rooms"), [("domain", 30), ("store", 20), ("engine", 30)])
def test_no_two_rooms_of_a_layer_need_each_other(layer: str, n_rooms: int) -> None:
    needs = needs_of_rooms(layer)
    assert len(needs) >= n_rooms
    assert not rooms_in_circles(needs)


def test_a_circle_is_found() -> None:
    assert rooms_in_circles({"a": {"b"}, "b": {"a"}, "c": set()}) == {"a", "b"}
    assert not rooms_in_circles({"a": {"b"}, "b": {"c"}, "c": set()})
