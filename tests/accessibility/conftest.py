"""The whole program, opened once on a shop in a bad day, and looked at by every test here."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from socialdesk.i18n import set_language
from tests.accessibility.brand import open_shop
from tests.accessibility.looks import Look, look_everywhere
from tests.accessibility.tour import Tour
from tests.ui.conftest import desk, open_window, theme, window

__all__ = ["desk", "open_window", "theme", "window"]


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Tour]:
    """One window for all tests here: making the shop takes longer than walking through it."""
    set_language("en")
    shop = open_shop(tmp_path_factory.mktemp("shop"))
    made = Tour(shop, qapp)
    yield made
    made.close()
    shop.bench.end()


@pytest.fixture(scope="session")
def looks(tour: Tour) -> list[Look]:
    """Every place, as it was met on one walk."""
    return list(look_everywhere(tour))
