"""A part of a transaction that fails alone."""

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store import settings
from socialdesk.store.file.savepoint import savepoint
from socialdesk.store.rules import rules


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


def fill_the_disk(tx):
    """As a full disk does: SQLite takes the whole transaction back by itself, then says so."""
    tx.conn.execute("ROLLBACK")
    raise StoreError(StoreFault.FULL)


def test_a_full_disk_is_raised_as_what_it_is_and_nothing_is_kept(file):
    def write(tx):
        settings.put(tx, "a", "1")
        rules.attempt(tx, lambda: fill_the_disk(tx))
        settings.put(tx, "b", "2")

    with pytest.raises(StoreError) as refused:
        file.write(write)
    assert refused.value.fault is StoreFault.FULL
    found = file.read(settings.read_all)
    assert {key: found.get(key) for key in "ab"} == {"a": None, "b": None}
