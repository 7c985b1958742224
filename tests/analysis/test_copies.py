"""Nearly the same words."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.copies import LIKENESS, Copies, shingles

CHAIN = "Do not buy bread at Pond Bakery, they use chalk in their flour, share this with all"


def filled(*texts: str, kept: int = 100) -> tuple[Copies, list[int]]:
    """The texts as mentions 1, 2, 3 …, and the first of the group of each."""
    copies, firsts = Copies(kept), []
    for id, text in enumerate(texts, 1):
        found = shingles(text)
        first = copies.first_like(id, found)
        copies.add(id, found, first)
        firsts.append(first)
    return copies, firsts


def test_the_same_words_with_another_link_and_name_are_a_copy():
    _, firsts = filled(
        CHAIN,
        f"{CHAIN} https://pond.example/1 @ann@pond.example",
        "Where is my cake order, please?",
    )
    assert firsts == [0, 1, 0]


def test_a_copy_of_a_copy_belongs_to_the_first():
    second = CHAIN.replace("with all", "with everybody you know")
    third = second.replace("Do not buy bread", "Never again buy any bread")
    _, firsts = filled(CHAIN, second, third)
    assert firsts == [0, 1, 1]


def test_short_words_of_two_people_are_no_copy():
    assert filled("Thank you!", "Thank you!")[1] == [0, 0]


@pytest.mark.parametrize(("n_shared", "is_copy"), [(12, True), (11, False)])
def test_half_of_all_shingles_in_both_are_enough(n_shared, is_copy):
    """Of 22 words, whose shingles are 20, as many as follow each other; the rest is cut off."""
    words = [f"word{n}" for n in range(22)]
    for first, second in ((words, words[:n_shared]), (words[:n_shared], words)):
        assert filled(" ".join(first), " ".join(second))[1] == [0, int(is_copy)]


def test_only_earlier_mentions_are_looked_at():
    copies = Copies()
    copies.add(9, shingles(CHAIN))
    assert copies.first_like(5, shingles(CHAIN)) == 0
    assert copies.first_like(10, shingles(CHAIN)) == 9


def test_a_mention_is_no_copy_of_itself_and_its_new_words_replace_the_old():
    copies = Copies()
    copies.add(1, shingles(CHAIN))
    assert copies.first_like(1, shingles(CHAIN)) == 0
    copies.add(1, shingles("entirely different words stand here now"))
    assert copies.first_like(2, shingles(CHAIN)) == 0


def test_one_that_is_no_copy_any_more_begins_a_group_of_its_own():
    other = "entirely different words stand here now"
    copies, firsts = filled(CHAIN, CHAIN)
    assert firsts == [0, 1]
    copies.add(2, shingles(other))
    assert copies.first_like(3, shingles(other)) == 2


def test_the_longest_known_goes_when_there_are_too_many():
    others = [f"order number {n} came late to house {n} again" for n in range(9)]
    copies, _ = filled(CHAIN, *others, kept=5)
    assert len(copies) == 5
    assert copies.first_like(99, shingles(CHAIN)) == 0


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=14).map(" ".join), max_size=12))
def test_a_copy_shares_at_least_half_with_one_of_its_group(texts):
    _, firsts = filled(*texts)
    held = [set(shingles(text)) for text in texts]
    for n, first in enumerate(firsts):
        if not first:
            continue
        group = [held[m] for m in range(n) if (firsts[m] or m + 1) == first]
        assert any(len(held[n] & g) / len(held[n] | g) >= LIKENESS for g in group)


@given(st.text())
def test_any_text_is_safe(text):
    filled(text, text)


def test_the_thousandth_copy_still_belongs_to_the_first():
    _, firsts = filled(*[CHAIN] * 1000, kept=2000)
    assert firsts == [0] + [1] * 999


WORDS = st.lists(st.sampled_from("abcd"), max_size=9).map(" ".join)


@pytest.mark.parametrize("kept", [1, 4, 100])
@given(said=st.lists(st.tuples(st.integers(1, 12), WORDS), max_size=40))
def test_the_index_finds_what_comparing_with_all_finds(kept, said):
    """Mentions that come, change and go again, some for want of room. A place that one left is
    taken when its turn comes."""
    copies, held, firsts = Copies(kept), dict[int, set[int]](), dict[int, int]()
    places, turn = [0] * kept, 0
    for id, text in said:
        found = shingles(text)
        likely = {
            other: len(theirs & set(found)) / len(theirs | set(found))
            for other, theirs in held.items()
            if other < id
        }
        best = max(sorted(likely), key=likely.__getitem__, default=0)
        like = best if likely.get(best, 0) >= LIKENESS else 0
        expected = firsts.get(like, like)
        assert copies.first_like(id, found) == expected
        copies.add(id, found, expected)
        if not found and id in held:
            places[places.index(id)] = 0
        elif found and id not in held:
            held.pop(places[turn], None)
            places[turn], turn = id, (turn + 1) % kept
        held.pop(id, None)
        if found:
            held[id], firsts[id] = set(found), expected or id
        assert len(copies) == len(held)


def test_copies_by_the_hundred_are_forgotten_one_by_one():
    """The newest first: the place of each is looked for behind others, some of which end and begin
    with its bytes."""
    copies, _ = filled(*[CHAIN] * 700, kept=600)
    for id in range(700, 100, -1):
        copies.add(id, shingles(""))
    assert len(copies) == 0
    assert copies.first_like(999, shingles(CHAIN)) == 0
    assert not any(copies._buckets)


def test_five_thousand_posts_take_little():
    texts = [" ".join(f"w{n * 31 + k * k % 97}" for k in range(30)) for n in range(5_000)]
    tracemalloc.start()
    copies = Copies()
    for id, text in enumerate(texts, 1):
        copies.add(id, shingles(text))
    n_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(copies) == 5_000
    assert n_bytes < 7e6
