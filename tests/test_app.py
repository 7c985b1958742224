"""What the composition root says itself: the window's name for a workspace."""

import pytest

from socialdesk.app import title_of
from socialdesk.places import DEFAULT_WORKSPACE, PRACTICE_WORKSPACE, Workspace, workspace


def test_a_drills_window_says_drill_and_the_brand() -> None:
    sandbox = Workspace("1", workspace().drills / "1", workspace().drills / "1" / "logs")
    sandbox.drill_mark.parent.mkdir(parents=True)
    sandbox.drill_mark.touch()
    assert title_of(sandbox, "Dala Coffee") == "DRILL · Dala Coffee"
    assert title_of(sandbox, "") == "DRILL · main"


@pytest.mark.parametrize(
    ("name", "brand", "title"),
    [
        (DEFAULT_WORKSPACE, "Dala Coffee", "Dala Coffee"),
        (DEFAULT_WORKSPACE, "", ""),  # nobody named it: the program's own name stands there
        ("shop", "Dala Coffee", "Dala Coffee"),
        ("shop", "", "shop"),
        (PRACTICE_WORKSPACE, "Tulip & Rye", "Practice brand"),
    ],
)
def test_a_workspace_is_called_by_its_brand(name: str, brand: str, title: str) -> None:
    assert title_of(workspace(name), brand) == title
