"""What was understood of mentions, in the file: saved, placed, corrected, found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.mentions.insight import VERSION, Insight, Intent, Part, Sentiment
from socialdesk.domain.mentions.need import need_at
from socialdesk.domain.queue.rows import Order, View
from socialdesk.store.insight import insights, reading_state
from socialdesk.store.queue import lists
from socialdesk.store.triage import acts, corrections, tags, triage
from socialdesk.store.triage.corrections import Field
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

ANGRY = Insight(
    lang="en", sentiment=Sentiment.NEGATIVE, confidence=91, p_negative=88,
    intent=Intent.COMPLAINT, intent_confidence=70,
    parts=(Part("failure", 23.3, "late, refund"), Part("negative", 22.0, "88")),
)  # fmt: skip
CALM = Insight(lang="en", sentiment=Sentiment.POSITIVE, confidence=80, p_negative=4,
               intent=Intent.PRAISE, parts=(Part("negative", 1.0, "4"),))  # fmt: skip
DANGER = Insight(lang="ru", parts=(Part("alarm", 40, "poison"),))


def understand(file: QueueFile, *found: tuple[int, Insight]) -> None:
    file.write(lambda tx: insights.save(tx, found))


def by_need(file: QueueFile) -> list[int]:
    return list(file.read(lists.list_ids, View.NEEDS_REPLY, "", Order.NEED, 99, file.clock.now).ids)


def find(file: QueueFile, search: str) -> list[int]:
    return list(file.read(lists.list_ids, View.ALL, search, Order.NEWEST, 99, file.clock.now).ids)


def test_what_is_saved_is_read_back(file):
    (id,) = file.fill(1)
    understand(file, (id, ANGRY))
    assert file.read(insights.read, [id]) == {id: ANGRY}


def test_the_score_moves_a_mention_up_and_danger_to_the_top(file):
    old, angry, danger = file.fill(3)
    assert by_need(file) == [old, angry, danger]
    understand(file, (old, CALM), (angry, ANGRY), (danger, DANGER))
    assert by_need(file) == [danger, angry, old]
    due, need = file.sql("SELECT due_at, need_at FROM triage WHERE mention_id = ?", angry)[0]
    assert need == need_at(due, score=45)


def test_a_woken_one_stays_on_top_when_it_is_read_again(file):
    first, woken = file.fill(2)
    file.write(lambda tx: triage.snooze(tx, None, [woken], tx.now + 1000))
    file.clock.advance(5)
    file.write(triage.wake_snoozes)
    understand(file, (woken, CALM), (first, DANGER))
    assert by_need(file) == [woken, first]


def test_reading_again_keeps_a_correction_and_the_score_it_gives(file):
    (id,) = file.fill(1)
    understand(file, (id, CALM))
    file.write(lambda tx: corrections.correct(tx, None, [id], Field.SENTIMENT, 2))
    assert file.sql("SELECT score FROM triage") == [(25,)]
    understand(file, (id, ANGRY))
    found = file.read(insights.read, [id])[id]
    assert found.sentiment_held is Sentiment.NEGATIVE and found.lang_held == "en"
    assert file.sql("SELECT score FROM triage") == [(round(23.3 + 25),)]


@pytest.mark.parametrize(
    ("field", "value"),
    [(Field.SENTIMENT, 2), (Field.SENTIMENT, 4), (Field.INTENT, 5), (Field.LANG, "kk")],
)
def test_undo_brings_back_what_was_read_and_redo_the_correction(file, field, value):
    ids = file.fill(3)
    understand(file, *[(id, ANGRY) for id in ids])
    before = file.dump("insight", "triage")

    def correct(tx):
        act = acts.begin(tx, "corrected", 1, {})
        return corrections.correct(tx, act, ids[:2], field, value)

    assert file.write(correct) == 2
    after = file.dump("insight", "triage")
    assert after != before
    file.write(lambda tx: acts.undo(tx, 1))
    assert file.dump("insight", "triage") == before
    file.write(lambda tx: acts.redo(tx, 1))
    assert file.dump("insight", "triage") == after


def test_a_correction_is_undone_although_it_was_read_again_meanwhile(file):
    (id,) = file.fill(1)
    understand(file, (id, CALM))
    file.write(lambda tx: corrections.correct(
        tx, acts.begin(tx, "corrected", 1, {}), [id], Field.SENTIMENT, 2))  # fmt: skip
    understand(file, (id, ANGRY))
    file.write(lambda tx: acts.undo(tx, 1))
    assert file.read(insights.read, [id]) == {id: ANGRY}
    assert file.sql("SELECT score FROM triage") == [(round(ANGRY.score),)]


def test_a_correction_taken_back_was_never_made(file):
    (id,) = file.fill(1)
    file.write(lambda tx: corrections.correct(tx, None, [id], Field.SENTIMENT, 2))
    file.write(lambda tx: corrections.correct(tx, None, [id], Field.LANG, "ru"))
    assert [a.sentiment for a in file.read(corrections.answers)] == [Sentiment.NEGATIVE]
    file.write(lambda tx: corrections.correct(tx, None, [id], Field.SENTIMENT, 0))
    file.write(lambda tx: corrections.correct(tx, None, [id], Field.LANG, ""))
    assert file.read(corrections.answers) == []


def test_whatever_two_people_undo_and_redo_of_labels_is_seen(file):
    ids = file.fill(2)
    for person, id in zip((file.ann, file.ben), ids, strict=True):
        file.write(lambda tx, person=person, id=id: tags.add_label(
            tx, acts.begin(tx, "labelled", person, {}), [id], "tea"))  # fmt: skip
    seen = [file.read(corrections.answered)]
    for turn, person in ((acts.undo, file.ann), (acts.undo, file.ben), (acts.redo, file.ann),
                         (acts.redo, file.ben)):  # fmt: skip
        file.write(lambda tx, turn=turn, person=person: turn(tx, person))
        seen.append(file.read(corrections.answered))
    assert seen[0] == seen.pop()
    assert len(set(seen)) == 4


def test_a_mention_that_was_not_read_yet_can_be_corrected_and_is_still_to_be_read(file):
    (id,) = file.fill(1)
    file.write(lambda tx: corrections.correct(tx, None, [id], Field.SENTIMENT, 2))
    assert file.read(insights.unread, id + 1, 9) == [id]
    assert find(file, "sentiment:negative") == [id]


def test_searching_by_what_holds(file):
    angry, calm, danger, unread = file.fill(4)
    understand(file, (angry, ANGRY), (calm, CALM), (danger, DANGER))
    assert find(file, "sentiment:negative") == [angry]
    assert find(file, "sentiment:unrated") == [danger]
    assert find(file, "kind:complaint OR kind:praise") == [calm, angry]
    assert find(file, "-kind:praise") == [unread, danger, angry]
    assert find(file, "lang:ru") == [danger]
    file.write(lambda tx: corrections.correct(tx, None, [calm], Field.SENTIMENT, 2))
    file.write(lambda tx: corrections.correct(tx, None, [calm], Field.LANG, "ru"))
    assert find(file, "sentiment:negative") == [calm, angry]
    assert find(file, "sentiment:positive") == []
    assert find(file, "lang:ru") == [danger, calm]


def test_the_words_of_the_network_stand_where_a_language_is_unsure(file):
    (id,) = file.save(a_mention(lang="kk"))
    assert find(file, "lang:kk") == [id]
    understand(file, (id, Insight()))
    assert find(file, "lang:kk") == [id]
    understand(file, (id, Insight(lang="ru")))
    assert find(file, "lang:kk") == []


@pytest.mark.parametrize("search", ["sentiment:angry", "kind:rant", "copies:x"])
def test_a_wrong_value_fits_nothing_and_is_explained(file, search):
    file.fill(2)
    listing = file.read(lists.list_ids, View.ALL, search, Order.NEWEST, 9, file.clock.now)
    assert list(listing.ids) == []
    assert [fault.code for fault in listing.faults] == ["bad_value"]


def test_copies_are_found_from_each_of_them(file):
    first, second, third, other = file.fill(4)
    copy = Insight(copy_of=first)
    understand(file, (first, Insight()), (second, copy), (third, copy), (other, Insight()))
    for id in (first, second, third):
        assert find(file, f"copies:{id}") == [third, second, first]
        shown = file.read(insights.understood, id)
        assert (shown.n_alike, shown.first_alike) == (3, first)
    assert file.read(insights.understood, other).n_alike == 1


def test_what_surrounds_a_mention_is_counted(file):
    now = file.clock.now
    ids = file.save(
        a_mention(author="bob", at=now - 30 * 3_600_000),
        a_mention(author="bob", at=now - 20 * 3_600_000, n=70),
        a_mention(author="bob", at=now - 3_600_000, parent_uri="https://pond.example/posts/70"),
        a_mention(author="ann", at=now - 1000),
    )
    words = file.read(insights.words_of, ids)
    assert [(w.n_earlier, w.is_first) for w in words] == [
        (0, True), (1, True), (1, False), (0, True)
    ]  # fmt: skip


def test_older_and_missing_readings_are_found_newest_first_and_counted(file):
    ids = file.fill(5)
    understand(file, (ids[1], ANGRY), (ids[3], Insight(version=VERSION - 1)))
    assert file.read(insights.unread, 1 << 62, 9) == [ids[4], ids[3], ids[2], ids[0]]
    assert file.read(insights.unread, ids[3], 1) == [ids[2]]
    assert file.read(insights.count_unread) == 4


def test_progress_is_told_from_the_file_and_a_stop_is_kept(file):
    ids = file.fill(4)
    n_left = file.read(insights.count_unread)
    file.write(lambda tx: reading_state.begin(tx, n_left))
    understand(file, (ids[0], ANGRY))
    state = file.read(reading_state.read_state)
    assert (state.n_done, state.n_total, state.is_running) == (1, 4, True)
    file.write(lambda tx: reading_state.set_stopped(tx, True, 1))
    file.reopen()
    assert file.read(reading_state.read_state).is_stopped
    understand(file, *[(id, ANGRY) for id in ids])
    assert file.read(reading_state.read_state).n_total == 0


def test_damaged_parts_cost_only_themselves(file):
    (id,) = file.fill(1)
    understand(file, (id, ANGRY))
    for damage in ("", "{}", "[[1]]", '[["a","b","c"]]', "[null]"):
        file.execute("UPDATE insight SET parts = ?, sentiment = 99", damage)
        found = file.read(insights.understood, id).insight
        assert (found.parts, found.sentiment) == ((), Sentiment.NOT_RATED)


def test_the_new_questions_are_answered_by_indexes(file):
    ids = file.fill(5)
    understand(file, *[(id, ANGRY) for id in ids])
    for search in ("sentiment:negative", "kind:complaint", f"copies:{ids[0]}"):
        asked: list[str] = []
        with file.readers.connection() as conn:
            conn.set_trace_callback(asked.append)
            lists.list_ids(conn, View.ALL, search, Order.NEWEST, 9, file.clock.now)
            conn.set_trace_callback(None)
            steps = [s for q in asked for *_, s in conn.execute(f"EXPLAIN QUERY PLAN {q}")]
        assert any("insight" in step and "INDEX" in step for step in steps)
        walked = ("SCAN mention", "SCAN m", "SCAN insight", "SCAN triage")
        assert not [step for step in steps if step in walked]


@given(st.lists(st.builds(Part, st.text(max_size=5), st.floats(-99, 99).map(lambda x: round(x, 1)),
                          st.text(st.characters(exclude_categories=["Cs"]), max_size=9)),
                max_size=5))  # fmt: skip
def test_any_parts_come_back_as_they_were(parts):
    insight = Insight(parts=tuple(Part(p.code.encode("utf-8", "replace").decode(), p.points, p.fact)
                                  for p in parts))  # fmt: skip
    packed = insights._packed(insight)
    assert insights.unpacked((*packed, "", 0, 0)) == insight
