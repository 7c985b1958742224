"""What brand words would keep of what is stored."""

from socialdesk.domain.rules.words_trial import EXAMPLE_CHARS, N_KEPT, N_LEFT, Stored, try_words


def test_all_are_counted_and_the_first_are_examples():
    mentions = [Stored("Ann", f"coffee no. {n}") for n in range(9)]
    mentions += [Stored("Ben", f"tea no. {n}") for n in range(5)]
    found = try_words("coffee", mentions)
    assert (found.n_read, found.n_kept) == (14, 9)
    assert found.kept == tuple(mentions[:N_KEPT])
    assert found.left == tuple(mentions[9 : 9 + N_LEFT])


def test_must_any_and_not_are_tried_together():
    said = ["coffee late", "coffee", "coffee late jobs", "late"]
    found = try_words("coffee\n+late\n-jobs", [Stored("", words) for words in said])
    assert [m.words for m in found.kept] == ["coffee late"]


def test_a_word_far_down_counts_and_the_example_is_cut():
    words = "x" * EXAMPLE_CHARS * 2 + " coffee"
    (found,) = try_words("coffee", [Stored("Ann", words)]).kept
    assert found.words == "x" * EXAMPLE_CHARS
