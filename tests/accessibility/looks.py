"""Each place of the tour, as it was met once: what it says of itself, and where Tab went in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from tests.accessibility.tabbing import go_round, tell
from tests.accessibility.tour import STOPS, Tour
from tests.accessibility.tree import Node, walk


@dataclass(frozen=True, slots=True)
class Look:
    """`place`: the stop's name, and its page. `order`: Tab's; `missed`: what it does not reach;
    `trap`: what does not let it go, "" when nothing does."""

    place: str
    nodes: tuple[Node, ...]
    order: tuple[str, ...]
    missed: tuple[str, ...]
    trap: str
    is_reversed: bool

    @property
    def controls(self) -> list[Node]:
        return [node for node in self.nodes if node.is_control]

    @property
    def rows(self) -> list[Node]:
        return [node for node in self.nodes if node.is_row]


def look_everywhere(tour: Tour) -> Iterator[Look]:
    """At each stop and each of its pages."""
    for stop in STOPS:
        root = tour.visit(stop)
        yield _look(stop.name, root)
        for page in tour.pages(root):
            yield _look(f"{stop.name} / {page}", root)


def _look(place: str, root: QWidget) -> Look:
    nodes = tuple(walk(root))
    tabbed = go_round(root)
    if not tabbed.is_reversed:  # a control may have come or gone meanwhile: a draft was just kept
        tabbed = go_round(root)
    return Look(
        place, nodes, tuple(map(tell, tabbed.order)), tuple(map(tell, tabbed.missed)),
        tell(tabbed.trap) if tabbed.trap else "", tabbed.is_reversed,
    )  # fmt: skip
