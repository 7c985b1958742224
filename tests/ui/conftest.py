"""What every screen's test needs."""

import pytest

from socialdesk.ui.theme import Mode, Theme


@pytest.fixture
def theme(qapp):
    """The program's own look, in light."""
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.deleteLater()
