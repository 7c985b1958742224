"""A day in the life, by keyboard only: a mention arrives, is answered by template, is on the
network once; then undo, snooze, label and search. Pictures of each step lie in tests/output."""

import shutil
from pathlib import Path

import pytest

from socialdesk.app import SystemClock
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.queries import ListOutbox
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import load_content
from tests.realwindow.conftest import Person, keep_picture, wait_until, wait_until_still

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(300)]


def outbox(person: Person) -> list[OutboxRow]:
    return person.desk.ask(ListOutbox(only_open=False)).result()


def posts_by_us(person: Person, folder: Path) -> list[str]:
    """What the practice network has of us, read from a copy: its own file has one writer."""
    copy = folder / "practice.jsonl"
    shutil.copy(person.place.practice_posts, copy)
    content = load_content(resource("practice"))
    network = PracticeAdapter(copy, content, now_ms=SystemClock().now_ms)
    texts = [post.now.text for post in network.posts_by_us()]
    network.shut_down()
    return texts


def test_a_day_by_keyboard(person: Person, tmp_path: Path) -> None:
    wait_until(lambda: len(person.rows(View.NEEDS_REPLY)) > 3, "mentions arrive")
    wait_until_still()
    keep_picture("1-start")

    person.press("r", "slash")
    person.type("late order")
    keep_picture("2-templates")
    person.press("Return")  # the first slot that is not filled in is chosen
    person.type("TR-4412")
    person.press("Tab")
    person.type("four o'clock")
    keep_picture("3-filled")
    person.press("ctrl+Return")
    wait_until(lambda: outbox(person), "the reply is in the outbox")
    keep_picture("4-held")
    wait_until(lambda: outbox(person)[0].state is OutboxState.SENT, "the reply is sent")
    (reply,) = outbox(person)
    assert "TR-4412" in reply.text and "{" not in reply.text and reply.template
    (post,) = posts_by_us(person, tmp_path)
    assert reply.text in post
    assert person.row(reply.mention_id).status in (Status.WAITING, Status.DONE)
    wait_until_still()
    keep_picture("5-sent")

    person.press("Escape", "j")
    chosen = decided(person, "e", Status.DONE)
    keep_picture("6-done")
    person.press("z")
    wait_until(lambda: person.row(chosen).status is not Status.DONE, "undo brings it back")
    keep_picture("7-undone")

    person.press("h")
    keep_picture("8-snooze")
    snoozed = decided(person, "Return", Status.SNOOZED)
    assert snoozed != reply.mention_id
    keep_picture("9-snoozed")

    person.press("l")
    person.type("urgent")
    keep_picture("10-label")
    person.press("Return")
    wait_until(lambda: person.rows(View.ALL, "label:urgent"), "the label is put on")
    keep_picture("11-labelled")

    person.press("slash")
    word = a_word(person)
    person.type(word)
    keep_picture("12-search")
    person.press("Return")
    found = decided(person, "e", Status.DONE)
    assert found in {row.id for row in person.rows(View.ALL, word)}
    assert len(posts_by_us(person, tmp_path)) == 1


def a_word(person: Person) -> str:
    """One that somebody who waits for an answer wrote, and that xdotool can type."""
    words = [word for row in person.rows(View.NEEDS_REPLY) for word in row.body.split()]
    return next(w.lower() for w in words if w.isascii() and w.isalpha() and len(w) > 5)


def decided(person: Person, key: str, status: Status) -> int:
    """The one mention that has this status only since the key was pressed."""
    before = with_status(person, status)
    person.press(key)
    wait_until(lambda: with_status(person, status) > before, f"{key} makes one {status.name}")
    (mention,) = with_status(person, status) - before
    return mention


def with_status(person: Person, status: Status) -> set[int]:
    return {row.id for row in person.rows(View.ALL) if row.status is status}
