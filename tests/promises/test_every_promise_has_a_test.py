"""Every promise is held by a test that bears its number; what runs with `make test` is not only in
the soak; what cannot be tried on one computer is said."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.promises.table import PROMISES, Promise

TESTS = Path(__file__).parents[1]
SMALLER_TOO = {1, 5, 7, 10, 20, 30, 47}  # nightly ones with a smaller size in the normal run


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked test. `is_soak`: it runs with `make soak` only."""

    number: int
    name: str
    is_soak: bool


def marks_of(node: ast.AST) -> Iterator[tuple[str, list[ast.expr]]]:
    """Every pytest.mark.<name> in it, with what it was called with."""
    for one in ast.walk(node):
        match one:
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="mark"), attr=name), args=args
            ):
                yield name, args
            case ast.Attribute(value=ast.Attribute(attr="mark"), attr=name):
                yield name, []


def found_in(path: Path) -> Iterator[Marked]:
    """The marked tests of a file: by decorator, by their class, or by `pytestmark`."""
    tree = ast.parse(path.read_text("utf-8"))
    of_all = [mark for node in tree.body if isinstance(node, ast.Assign)
              and getattr(node.targets[0], "id", "") == "pytestmark"
              for mark in marks_of(node.value)]  # fmt: skip
    for outer in tree.body:
        inner = outer.body if isinstance(outer, ast.ClassDef) else [outer]
        of_class = [] if outer in inner else decorators(outer)
        for node in inner:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                own = decorators(node)
                # A single case that is `soak` leaves the others to the normal run.
                is_soak = any(name == "soak" for name, _ in [*of_all, *of_class, *whole(node)])
                for name, args in [*of_all, *of_class, *own]:
                    if name == "promise" and args and isinstance(args[0], ast.Constant):
                        yield Marked(int(str(args[0].value)), node.name, is_soak)


def decorators(node: ast.AST) -> list[tuple[str, list[ast.expr]]]:
    return [mark for one in getattr(node, "decorator_list", []) for mark in marks_of(one)]


def whole(node: ast.FunctionDef) -> Iterator[tuple[str, list[ast.expr]]]:
    """The marks of the test itself, without those of its cases."""
    for one in node.decorator_list:
        top = one.func if isinstance(one, ast.Call) else one
        if isinstance(top, ast.Attribute):
            yield top.attr, []


@pytest.fixture(scope="module")
def marked() -> list[Marked]:
    files = (path for path in TESTS.rglob("test_*.py") if "output" not in path.parts)
    return [one for path in sorted(files) for one in found_in(path)]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: f"{promise.number:02}")
def test_it_is_held_by_a_test(promise: Promise, marked: list[Marked]) -> None:
    own = [one for one in marked if one.number == promise.number]
    assert own or promise.beyond, f"nothing tries promise {promise.number}: {promise.text}"
    if not promise.is_nightly or promise.number in SMALLER_TOO:
        assert promise.beyond or [one for one in own if not one.is_soak]


def test_no_test_bears_a_number_that_is_no_promise(marked: list[Marked]) -> None:
    assert {one.number for one in marked} <= {promise.number for promise in PROMISES}


def test_a_marked_class_a_marked_file_and_a_soak_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(
        "import pytest\n"
        "@pytest.mark.promise(5)\n@pytest.mark.soak\ndef test_a(): ...\n"
        "@pytest.mark.promise(6)\n"
        "@pytest.mark.parametrize('n', [1, pytest.param(2, marks=pytest.mark.soak)])\n"
        "def test_b(n): ...\n"
        "@pytest.mark.promise(7)\nclass TestC:\n    def test_c(self): ...\n"
    )
    assert list(found_in(path)) == [
        Marked(5, "test_a", True), Marked(6, "test_b", False), Marked(7, "test_c", False)
    ]  # fmt: skip
