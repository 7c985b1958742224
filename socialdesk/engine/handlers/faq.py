"""Known questions: written, archived, used; questions without an answer."""

from typing import Final

from socialdesk.engine.commands import faq as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.file.writer import Transaction
from socialdesk.store.replies import faq


def save_faq(tx: Transaction, command: c.SaveFaq, person: int) -> Outcome:
    faq_id, seq = faq.save(
        tx, question=command.question, answer=command.answer, lang=command.lang, person=person,
        folder=command.folder, faq_id=command.faq_id, gap_id=command.gap_id,
    )  # fmt: skip
    return seq, {"faq_id": faq_id}


def archive_faq(tx: Transaction, command: c.ArchiveFaq, person: int) -> Outcome:
    return faq.archive(tx, command.faq_id, command.is_archived, person), {}


def count_faq_use(tx: Transaction, command: c.CountFaqUse, person: int) -> Outcome:
    faq.count_use(tx, command.faq_id)
    return 0, {}


def note_faq_gap(tx: Transaction, command: c.NoteFaqGap, person: int) -> Outcome:
    gap_id, seq = faq.note_gap(tx, command.mention_id, command.words, person)
    return seq, {"gap_id": gap_id}


def drop_faq_gap(tx: Transaction, command: c.DropFaqGap, person: int) -> Outcome:
    return faq.drop_gap(tx, command.gap_id, person), {}


HANDLERS: Final[dict[type, Handler]] = {
    c.SaveFaq: save_faq,
    c.ArchiveFaq: archive_faq,
    c.CountFaqUse: count_faq_use,
    c.NoteFaqGap: note_faq_gap,
    c.DropFaqGap: drop_faq_gap,
}
