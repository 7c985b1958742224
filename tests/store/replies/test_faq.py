"""Known questions in the file, and the gaps between them."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import journal
from socialdesk.store.replies import faq
from tests.makers import a_mention
from tests.store.queue_file import QueueFile


def save(file: QueueFile, question: str = "Open on Sunday?", **values) -> int:
    given = {"answer": "Yes, 9 to 15.", "lang": "en", "person": file.ann, **values}
    return file.write(lambda tx: faq.save(tx, question=question, **given))[0]


def test_an_entry_is_kept_changed_and_archived(file: QueueFile):
    known = save(file)
    assert save(file, "Open on Sundays?", folder=" Hours ", faq_id=known) == known
    (entry,) = file.read(faq.list_entries)
    assert (entry.question, entry.folder, entry.person) == ("Open on Sundays?", "Hours", "Ann")
    file.write(lambda tx: faq.count_use(tx, known))
    assert file.read(faq.search, "sunday")[0].n_uses == 1
    file.write(lambda tx: faq.archive(tx, known, True, file.ann))
    assert file.read(faq.list_entries) == []
    assert len(file.read(faq.list_entries, with_archived=True)) == 1
    assert file.read(journal.verify) is None


@pytest.mark.parametrize(
    ("question", "answer", "fault"),
    [
        (" ", "x", CommandFault.EMPTY),
        ("x", "\n", CommandFault.EMPTY),
        ("x" * 501, "x", CommandFault.TOO_LONG),
    ],
)
def test_what_cannot_be_an_entry_is_refused(file: QueueFile, question, answer, fault):
    with pytest.raises(CommandError) as refused:
        save(file, question, answer=answer)
    assert refused.value.fault is fault
    assert file.read(faq.list_entries) == []


def test_a_gap_is_noted_once_per_mention_and_closed_by_an_entry(file: QueueFile):
    (mention,) = file.save(a_mention("Do you have parking?", n=1))
    first = file.write(lambda tx: faq.note_gap(tx, mention, "", file.ann))[0]
    again = file.write(lambda tx: faq.note_gap(tx, mention, "parking", file.ann))[0]
    assert first == again
    (gap,) = file.read(faq.list_gaps)
    assert (gap.words, gap.mention_id) == ("parking", mention)
    known = save(file, "Is there parking?", gap_id=gap.id)
    assert file.read(faq.list_gaps) == []
    (closed,) = file.read(faq.list_gaps, only_open=False)
    assert closed.faq_id == known


def test_a_gap_can_be_dropped(file: QueueFile):
    (mention,) = file.save(a_mention("Parking?", n=1))
    gap, _ = file.write(lambda tx: faq.note_gap(tx, mention, "", file.ann))
    file.write(lambda tx: faq.drop_gap(tx, gap, file.ann))
    assert file.read(faq.list_gaps, only_open=False) == []
    with pytest.raises(CommandError):
        file.write(lambda tx: faq.drop_gap(tx, gap, file.ann))


def test_no_gap_without_a_mention(file: QueueFile):
    with pytest.raises(CommandError) as refused:
        file.write(lambda tx: faq.note_gap(tx, 77, "x", file.ann))
    assert refused.value.fault is CommandFault.NOT_FOUND
