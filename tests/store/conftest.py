"""The queue file that store tests work on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.queue_file import QueueFile


@pytest.fixture
def file(tmp_path: Path) -> Iterator[QueueFile]:
    """A real file in a folder of its own, closed afterwards."""
    made = QueueFile(tmp_path)
    yield made
    made.close()
