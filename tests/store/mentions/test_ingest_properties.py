"""However pages are cut and repeated, the queue comes out the same."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.mentions.mention import (
    Attachment,
    Author,
    CanReply,
    Kind,
    Mention,
    Visibility,
)
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.mentions import textindex
from socialdesk.store.mentions.pages import PageToSave, save_page
from tests.fakes import NOON
from tests.store.mentions.stored import read_mention
from tests.store.queue_file import QueueFile

NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
POST_NUMBERS = st.integers(0, 7)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = QueueFile(tmp_path_factory.mktemp("properties"))
    yield made
    made.close()


def uri(n: int) -> str:
    return f"https://pond.example/posts/{n}"


@st.composite
def posts(draw) -> Mention:
    """Of eight posts by three people within a few seconds: a coming of one, edited or not."""
    n = draw(POST_NUMBERS)
    version = draw(st.integers(0, 2))
    edited_at = datetime.fromtimestamp(NOON / 1000 + version, UTC) if version else None
    parent = draw(POST_NUMBERS | st.none())
    return Mention(
        uri=uri(n),
        remote_id=str(n),
        author=Author(f"p{n % 3}", f"@p{n % 3}", name=f"P{n % 3}"),
        body=f"post {n} version {version} 面包",
        published_at=datetime.fromtimestamp(NOON // 1000 - 100 + n % 4, UTC),
        edited_at=edited_at,
        parent_uri="" if parent is None or parent == n else uri(parent),
        is_own=n == 7,
        repost_of=uri(0) if n == 6 else "",
    )


def state_of(file: QueueFile) -> dict[str, Any]:
    """The queue without what may differ: numbers of rows, and which conversation has which."""
    order = file.sql("SELECT uri, body, edited_at > 0, n_reposts, role FROM mention ORDER BY uri")
    versions = file.sql(
        "SELECT m.uri, v.n, v.body FROM mention_version v JOIN mention m ON m.id = v.mention_id"
        " ORDER BY 1, 2"
    )
    threads: dict[int, set[str]] = {}
    for name, number in file.sql("SELECT uri, conversation_id FROM mention"):
        threads.setdefault(number, set()).add(name)
    return {
        "posts": order,
        "versions": versions,
        "triage": file.sql(
            "SELECT m.uri, t.status, t.need_at FROM triage t JOIN mention m ON m.id = t.mention_id"
            " ORDER BY 1"
        ),
        "threads": {frozenset(names) for names in threads.values()},
        "counters": file.sql("SELECT key, n FROM counter WHERE n <> 0 ORDER BY 1"),
        "found": file.sql(
            "SELECT m.uri FROM mention_search s JOIN mention m ON m.id = s.rowid"
            " WHERE mention_search MATCH '\"面 包\"' ORDER BY 1"
        ),
        "second order": file.sql("SELECT id >> 20 FROM mention ORDER BY id"),
    }


TABLES = ("mention", "triage", "author", "anchor", "mention_watch", "mention_version", "repost",
          "counter", "coverage")  # fmt: skip


def wipe(tx) -> None:
    """An empty queue in the same file: twenty times as fast as a new file."""
    for table in TABLES:
        tx.conn.execute(f"DELETE FROM {table}")
    textindex.rebuild(tx)


def feed(file: QueueFile, pages) -> dict[str, Any]:
    file.write(wipe)
    for number, page in enumerate(pages):
        whole = PageToSave(
            file.account, file.watch, "mastodon", page,
            lambda m: (Status.NEW, Disposition.NONE), lambda m: NOON, cursor=str(number),
        )  # fmt: skip
        file.writer.submit(partial(save_page, page=whole), durable=False).result()
    return state_of(file)


@settings(max_examples=60)
@given(st.data())
def test_any_cut_into_pages_with_repeats_gives_the_same_queue(shared, data) -> None:
    stream = data.draw(st.lists(posts(), min_size=1, max_size=10))
    cuts = sorted(data.draw(st.sets(st.integers(1, 9), max_size=4)))
    pages = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    repeated = []
    for page in pages:
        repeated += [page, page] if data.draw(st.booleans()) else [page]
        if data.draw(st.booleans()):  # an overlap: an old page once more
            repeated.append(data.draw(st.sampled_from(pages[: len(repeated)] or [page])))
    seen = [p for page in repeated for p in page]
    expected = feed(shared, [seen])
    assert feed(shared, repeated) == expected
    assert feed(shared, [[post] for post in seen]) == expected


AUTHORS = st.builds(
    Author,
    remote_id=NAME.filter(bool),
    handle=PLAIN.filter(bool),
    name=PLAIN.filter(bool),
    url=PLAIN.filter(bool),
    avatar_url=PLAIN.filter(bool),
    n_followers=st.integers(0, 2**40),
    is_bot=st.booleans(),
)
MENTIONS = st.builds(
    Mention,
    uri=NAME.filter(bool),
    remote_id=NAME,
    author=AUTHORS,
    body=PLAIN,
    published_at=st.datetimes(datetime(1996, 1, 1), datetime(2026, 11, 20)).map(
        lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=UTC)
    ),
    kind=st.sampled_from(Kind),
    is_own=st.booleans(),
    title=PLAIN,
    url=PLAIN.filter(bool),
    lang=PLAIN,
    parent_uri=NAME,
    visibility=st.sampled_from(Visibility),
    warning=PLAIN,
    n_reposts=st.integers(0, 2**40),
    n_stars=st.none() | st.integers(1, 5),
    attachments=st.lists(st.builds(Attachment, PLAIN, PLAIN, PLAIN), max_size=2).map(tuple),
    can_reply=st.sampled_from(CanReply),
    reply_note=PLAIN,
)


@given(MENTIONS)
def test_any_mention_is_read_back_as_it_was_saved(shared, mention) -> None:
    number = shared.sql("SELECT count(*) FROM mention")[0][0]
    fresh = replace(
        mention,
        uri=f"{number}:{mention.uri}",
        remote_id=f"{number}:{mention.remote_id}",
        author=replace(mention.author, remote_id=f"{number}:{mention.author.remote_id}"),
    )
    shared.save(fresh)
    ((id,),) = shared.sql("SELECT max(rowid) FROM mention WHERE uri = ?", fresh.uri)
    assert shared.read(read_mention, id) == fresh
