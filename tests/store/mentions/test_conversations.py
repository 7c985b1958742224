"""Threads form from parents and roots, in whatever order posts come."""

from itertools import permutations

import pytest

from socialdesk.store.mentions import pages
from tests.makers import a_mention
from tests.store.queue_file import QueueFile


def uri(n: int) -> str:
    return f"https://pond.example/posts/{n}"


def post(n: int, parent: int = 0, root: int = 0):
    return a_mention(
        n=n, parent_uri=uri(parent) if parent else "", root_uri=uri(root) if root else ""
    )


def threads(file: QueueFile) -> set[frozenset[int]]:
    """Post numbers that share a conversation."""
    found: dict[int, set[int]] = {}
    for name, number in file.sql("SELECT uri, conversation_id FROM mention"):
        found.setdefault(number, set()).add(int(name.rsplit("/", 1)[1]))
    return {frozenset(numbers) for numbers in found.values()}


def test_posts_without_links_are_threads_of_their_own(file) -> None:
    file.save(post(1), post(2))
    file.save(post(3))
    assert threads(file) == {frozenset({1}), frozenset({2}), frozenset({3})}


CHAIN = (post(1), post(2, 1), post(3, 2), post(4, 3))


@pytest.mark.parametrize("order", list(permutations(CHAIN))[::3])
@pytest.mark.parametrize("by_page", [True, False])
def test_a_chain_is_one_thread_in_any_order(file, order, by_page) -> None:
    if by_page:
        file.save(*order)
    else:
        for each in order:
            file.save(each)
    assert threads(file) == {frozenset({1, 2, 3, 4})}
    assert file.sql("SELECT * FROM anchor") == []


def test_replies_to_a_post_we_have_not_seen_hang_together(file) -> None:
    file.save(post(2, 1))
    file.save(post(3, 1), post(4))
    assert threads(file) == {frozenset({2, 3}), frozenset({4})}
    assert [u for (u,) in file.sql("SELECT uri FROM anchor")] == [uri(1)]
    file.save(post(1))
    assert threads(file) == {frozenset({1, 2, 3}), frozenset({4})}


def test_two_threads_become_one_when_their_link_is_met(file) -> None:
    file.save(post(1), post(2, 1))
    file.save(post(4), post(5, 4), post(6, 7))
    file.save(post(8, parent=7, root=1))
    assert threads(file) == {frozenset({1, 2, 6, 8}), frozenset({4, 5})}
    file.write(lambda tx: pages.save_context(tx, file.account, "mastodon", [post(9, 5, 2)]))
    assert threads(file) == {frozenset({1, 2, 4, 5, 6, 8, 9})}
    file.save(post(10, 7))
    assert threads(file) == {frozenset({1, 2, 4, 5, 6, 8, 9, 10})}


def test_a_new_thread_never_takes_the_number_of_one_that_was_merged(file) -> None:
    file.save(post(1))
    file.save(post(2))
    file.save(post(3, parent=1, root=2))
    file.save(post(4))
    assert threads(file) == {frozenset({1, 2, 3}), frozenset({4})}


def test_the_same_uri_on_another_network_is_another_post(file) -> None:
    file.save(post(1))
    other = [post(1), post(2, 1)]
    file.write(lambda tx: pages.save_context(tx, file.account, "bluesky", other))
    assert len(file.sql("SELECT DISTINCT conversation_id FROM mention")) == 2
