"""The third-party notices name every package that the program needs to run."""

import re
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from socialdesk.places import resource


def runtime_packages() -> set[str]:
    """The dependencies of pyproject.toml followed to the end, by canonical name."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    found: set[str] = set()
    todo: list[str] = list(project["dependencies"])
    while todo:
        package = Requirement(todo.pop())
        name = canonicalize_name(package.name)
        if name in found or not (package.marker is None or package.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        with suppress(PackageNotFoundError):  # one that only another system needs
            todo += requires(name) or []
    return found


def test_the_notices_name_every_runtime_package() -> None:
    notices = resource("licenses", "THIRD_PARTY.md").read_text("utf-8")
    named = {canonicalize_name(word) for word in re.findall(r"[\w.-]+", notices)}
    missing = runtime_packages() - named - {"pyside6-essentials"}
    assert "PySide6 Essentials" in notices
    assert not missing


def test_the_texts_of_qts_licence_ship_with_the_program() -> None:
    for name, words in (("LGPL-3.txt", "LESSER GENERAL"), ("GPL-3.txt", "GENERAL PUBLIC LICENSE")):
        assert words in resource("licenses", name).read_text("utf-8")
