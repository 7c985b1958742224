"""Every test here speaks other languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytest import TempPathFactory

from socialdesk.i18n import set_language
from tests.languages.sources import forget_trees
from tests.languages.world import World


@pytest.fixture(scope="module", autouse=True)
def _no_trees_stay() -> Iterator[None]:
    yield
    forget_trees()


@pytest.fixture(scope="session")
def world(tmp_path_factory: TempPathFactory, qapp: QApplication) -> Iterator[World]:
    """One for all tests here: to fill it takes six seconds. It is stored in plain English."""
    set_language("en")
    made = World(tmp_path_factory.mktemp("world"))
    yield made
    made.close()
