"""The hash chain of the journal."""

from dataclasses import replace
from typing import Any

import pytest

from socialdesk.domain.journal import GENESIS, Entry, canonical_json, entry_hash, first_break


def a_chain(n: int) -> list[Entry]:
    prev, chain = GENESIS, []
    for seq in range(1, n + 1):
        facts: dict[str, Any] = {"incident": None, "at": 1000 + seq, "mono_ms": seq, "boot_id": "b",
                 "person": 1, "kind": "noted", "data": {"n": seq}}  # fmt: skip
        digest = entry_hash(prev, seq=seq, **facts)
        chain.append(Entry(seq=seq, prev_hash=prev, hash=digest, **facts))
        prev = digest
    return chain


def test_a_whole_chain_has_no_break():
    assert first_break(a_chain(5)) is None
    assert first_break([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"n": 99}}, {"person": None}, {"at": 1}, {"kind": "undone"}, {"incident": 1},
        {"boot_id": "c"}, {"mono_ms": 9}, {"hash": GENESIS}, {"prev_hash": GENESIS},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_any_changed_field_breaks_the_chain_there(change):
    chain = a_chain(5)
    chain[2] = replace(chain[2], **change)
    assert first_break(chain) == 3


def test_a_row_taken_out_is_noticed_at_the_next_one():
    chain = a_chain(5)
    del chain[1]
    assert first_break(chain) == 3


def test_swapped_rows_are_noticed():
    chain = a_chain(4)
    chain[1], chain[2] = chain[2], chain[1]
    assert first_break(chain) == 3


def test_one_value_has_one_spelling():
    assert canonical_json({"б": 1, "a": [1, None]}) == '{"a":[1,null],"б":1}'
