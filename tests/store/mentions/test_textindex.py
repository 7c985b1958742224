"""What a mention is found by: every script, and never a word too many after a change."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.store.mentions import authors, textindex
from socialdesk.store.mentions.textindex import reindexed, words
from tests.makers import a_mention, an_author
from tests.store.queue_file import QueueFile


def find(file: QueueFile, phrase: str, column: str = "body") -> list[int]:
    sql = "SELECT rowid FROM mention_search WHERE mention_search MATCH ? ORDER BY rowid"
    quoted = words(phrase).replace('"', '""')
    return [id for (id,) in file.sql(sql, f'{column}:"{quoted}"')]


def index_of(tx) -> set[tuple[Any, ...]]:
    """Each word in the index with its place."""
    tx.conn.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, mention_search, instance)")
    found = set(tx.conn.execute("SELECT term, doc, col, offset FROM temp.v"))
    tx.conn.execute("DROP TABLE temp.v")
    return found


def assert_index_is_right(file: QueueFile) -> None:
    """What is in the index is what an index made anew holds, and it is whole inside."""

    def compare(tx) -> tuple[set[Any], set[Any]]:
        tx.conn.execute("INSERT INTO mention_search(mention_search) VALUES('integrity-check')")
        kept = index_of(tx)
        textindex.rebuild(tx)
        return kept, index_of(tx)

    kept, fresh = file.write(compare)
    assert kept == fresh


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("The Bread was great", "bread"),
        ("Наньіз өте дәмді екен", "ДӘМДІ"),
        ("Қымбат, бірақ жақсы", "қымбат"),
        ("Ёлка и чайник", "чайник"),
        ("这个面包很好吃", "面包"),
        ("美味しいパンです", "パン"),
        ("빵이맛있어요", "맛있"),
        ("so good🥐🥐 love it", "🥐"),
        ("flag 🇰🇿here", "🇰🇿"),
        ("new emoji 🫠end", "🫠"),
        ("heart ❤️", "❤"),
        ("café crème", "cafe creme"),
        ("#FreshBread @shop@pond.example", "freshbread"),
        ("price: 1500₸", "1500"),
        ("a\0b after nul", "after nul"),
    ],
)
def test_words_of_every_script_are_found(file, body, phrase) -> None:
    file.save(a_mention("something else 是 и 🦀"))
    (id,) = file.save(a_mention(body))
    assert find(file, phrase) == [id]


def test_characters_in_another_order_are_another_word(file) -> None:
    file.save(a_mention("包面"))
    assert find(file, "面包") == []


def test_title_warning_and_author_are_found_in_their_columns(file) -> None:
    (id,) = file.save(
        a_mention("body", title="Headline", warning="spoiler", author=an_author("zoe", name="Зоя"))
    )
    assert find(file, "headline") == find(file, "spoiler") == [id]
    assert find(file, "зоя", "author") == find(file, "zoe", "author") == [id]
    assert find(file, "zoe") == []


def test_an_edit_is_found_by_its_new_words_only(file) -> None:
    post = a_mention("old words 旧", n=1)
    (id,) = file.save(post)
    file.save(replace(post, body="new words 新"))
    assert (find(file, "old"), find(file, "旧")) == ([], [])
    assert find(file, "new") == find(file, "新") == [id]
    assert_index_is_right(file)


def test_a_new_name_is_found_on_all_posts_of_that_author(file) -> None:
    before, after = (an_author("a1", name=name) for name in ("Zola Stone", "Zola Rivers"))
    ids = file.save(a_mention(author=before), a_mention(author=before), a_mention(author="bob"))
    (new,) = file.save(a_mention(author=after))
    assert find(file, "zola rivers", "author") == sorted([*ids[:2], new])
    assert find(file, "stone", "author") == []
    assert_index_is_right(file)


def test_a_profile_renews_name_and_followers_and_leaves_out_nothing(file) -> None:
    (id,) = file.save(a_mention(author=an_author("ann", url="https://pond.example/@ann")))
    profile = an_author("ann", name="Anna", n_followers=9)
    file.write(lambda tx: authors.save_profile(tx, "mastodon", profile))
    rows = file.sql("SELECT name, url, n_followers FROM author WHERE name = 'Anna'")
    assert rows == [("Anna", "https://pond.example/@ann", 9)]
    assert find(file, "anna", "author") == [id]


def test_notes_and_sent_replies_are_found_as_ours(file) -> None:
    (id,) = file.save(a_mention())

    def add(tx) -> None:
        with reindexed(tx, [id]):
            tx.conn.execute("INSERT INTO note VALUES(NULL, ?, 1, 1, 'call her back')", (id,))

    file.write(add)
    assert find(file, "call her", "ours") == [id]

    def remove(tx) -> None:
        with reindexed(tx, [id]):
            tx.conn.execute("DELETE FROM note")

    file.write(remove)
    assert find(file, "call", "ours") == []
    assert_index_is_right(file)


TEXT = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("面包パン빵🥐❤️🇰🇿 \0\n'\"жҚ"), max_size=30
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = QueueFile(tmp_path_factory.mktemp("index"))
    yield made
    made.close()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(1, 3), TEXT, TEXT, TEXT), max_size=8))
def test_after_any_edits_and_renames_the_index_holds_what_the_rows_say(shared, changes) -> None:
    for n, body, title, name in changes:
        who = an_author(f"p{n}", name=name)
        shared.save(a_mention(body, n=n, title=title, author=who))
        shared.save(a_mention(body[::-1], author=who))
    assert_index_is_right(shared)


@given(TEXT)
def test_plain_texts_stay_as_they_are_and_every_text_falls_apart_in_one_way(text) -> None:
    assert words(text) == words(text)
    if text.isascii():
        assert words(text) == text
    assert words(text).replace(" ", "").count("面") == text.count("面")
