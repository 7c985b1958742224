"""A part of a transaction that fails alone."""

import pytest

from socialdesk.store import settings
from socialdesk.store.savepoint import savepoint


def test_what_fails_inside_is_taken_back_and_the_rest_is_kept(file):
    def write(tx):
        settings.put(tx, "a", "1")
        with pytest.raises(ZeroDivisionError), savepoint(tx):
            settings.put(tx, "b", "2")
            _ = 1 / 0
        with savepoint(tx):
            settings.put(tx, "c", "3")

    file.write(write)
    found = file.read(settings.read_all)
    assert {key: found.get(key) for key in "abc"} == {"a": "1", "b": None, "c": "3"}
