"""The SQL of the order of need says what `domain/mentions/need.py` says."""

from itertools import product

from socialdesk.domain.crisis.incident import Category, IncidentState
from socialdesk.domain.mentions.need import ASKED_BONUS_MS, LOCK_BONUS_MS, REACH_BONUS_MS, need_at
from socialdesk.store.crisis import incident_moves, incidents
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import need_order
from socialdesk.store.triage import triage
from tests.makers import a_mention
from tests.store.queue_file import QueueFile


def test_sql_and_python_agree_on_every_place(file: QueueFile):
    cases = list(product((0, 37, -12), range(5), (0, 1), (0, 1)))
    page = [a_mention(author=f"p{n}") for n in range(len(cases))]
    ids = file.save(*page)
    for target in ("", "20"):
        if target:
            file.execute("INSERT INTO setting(key, value) VALUES('target_min', ?)", target)
        for id, (score, priority, vip, alarming) in zip(ids, cases, strict=True):
            file.execute(
                "UPDATE triage SET score = ?, priority = ?, is_alarming = ? WHERE mention_id = ?",
                score, priority, alarming, id,
            )  # fmt: skip
            file.execute(
                "UPDATE author SET is_vip = ? WHERE id ="
                " (SELECT author_id FROM mention WHERE id = ?)", vip, id,
            )  # fmt: skip
        file.write(lambda tx: need_order.place_anew(tx, ids))
        found = dict(file.sql("SELECT mention_id, need_at FROM triage"))
        dues = dict(file.sql("SELECT mention_id, due_at FROM triage"))
        for id, (score, priority, vip, alarming) in zip(ids, cases, strict=True):
            assert found[id] == need_at(
                dues[id], score=score, target_min=int(target or 60), priority=priority,
                is_vip=bool(vip), is_alarming=bool(alarming),
            )  # fmt: skip


def test_what_was_never_due_counts_from_its_own_time(file: QueueFile):
    (id,) = file.fill(1)
    file.execute("UPDATE triage SET due_at = 0")
    file.write(lambda tx: need_order.place_anew(tx, [id]))
    assert file.sql("SELECT need_at FROM triage") == [((id >> 20) * 1000,)]


def test_a_woken_one_keeps_its_place(file: QueueFile):
    ids = file.fill(2)
    file.write(lambda tx: triage.snooze(tx, None, ids[:1], tx.now + 1000))
    file.clock.advance(2)
    file.write(triage.wake_snoozes)
    before = file.sql("SELECT need_at FROM triage WHERE mention_id = ?", ids[0])
    file.write(lambda tx: need_order.place_anew(tx, ids))
    assert file.sql("SELECT need_at FROM triage WHERE mention_id = ?", ids[0]) == before


def test_a_priority_by_hand_keeps_the_score(file: QueueFile):
    (id,) = file.fill(1)
    file.execute("UPDATE triage SET score = 30")
    file.write(lambda tx: triage.set_priority(tx, None, [id], 1))
    due, need = file.sql("SELECT due_at, need_at FROM triage")[0]
    assert need == need_at(due, score=30, priority=1)


def test_sql_and_python_agree_under_a_lock_and_after_it(file: QueueFile):
    cases = list(product((*Category, None), (0, 1), (-1, 20, 25_000)))
    ids = file.save(*(a_mention(author=f"p{n}") for n in range(len(cases))))
    made = file.write(lambda tx: incidents.suspect(
        tx, kind="", topic="", mentions=ids, baseline_15m=1, detected_at=0, person=file.ann
    ))  # fmt: skip
    for id, (category, asked, reach) in zip(ids, cases, strict=True):
        file.execute("UPDATE triage SET reach = ? WHERE mention_id = ?", reach, id)
        file.execute(
            "UPDATE incident_mention SET category = ?, is_asked = ? WHERE mention_id = ?",
            category.value if category else "", asked, id,
        )  # fmt: skip
    dues = dict(file.sql("SELECT mention_id, due_at FROM triage"))
    _move(file, made.id, "declared")
    found = dict(file.sql("SELECT mention_id, need_at FROM triage"))
    for id, (category, asked, reach) in zip(ids, cases, strict=True):
        name = category.value if category else ""
        lock_ms = _lock_bonus_ms(name, is_asked=bool(asked), reach=reach)
        assert found[id] == need_at(dues[id], lock_ms=lock_ms), (name, asked, reach)
    for state in ("holding", "responding", "stand_down"):
        _move(file, made.id, state)
    assert dict(file.sql("SELECT mention_id, need_at FROM triage")) == dues


def _lock_bonus_ms(category: str, *, is_asked: bool, reach: int) -> int:
    """How far a mention of an incident goes forward while that locks."""
    bonus = LOCK_BONUS_MS.get(category, 0)
    if category == "complaint":
        bonus += REACH_BONUS_MS * len(str(max(reach, 0)))
    return max(bonus, ASKED_BONUS_MS) if is_asked else bonus


def _move(file: QueueFile, incident_id: int, state: str) -> None:
    def write(tx: Transaction) -> None:
        before = incident_moves.read(tx.conn, incident_id)
        incident_moves.move(tx, before, IncidentState(state), "incident_moved", file.ann)

    file.write(write)
