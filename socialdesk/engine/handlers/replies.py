"""Answering: drafts, the way into the outbox, and what a person decides about rows on their way."""

import uuid
from typing import Final

from socialdesk.domain.account import Can
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import remaining
from socialdesk.domain.mentions.mention import CanReply, Visibility
from socialdesk.domain.price import dollars
from socialdesk.domain.queue.rows import Detail, Draft
from socialdesk.domain.replies.picture import Picture, fault_of
from socialdesk.domain.replies.plan import unpacked_pictures, unpacked_plan
from socialdesk.domain.replies.reply import OutboxState, addressed
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import DropPromise, MakePromise, Reschedule, SendBack
from socialdesk.engine.sending.media import size_of
from socialdesk.engine.settings import number_of, value_of
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import settings, spend
from socialdesk.store.file.writer import Transaction
from socialdesk.store.outbox import drafts, outbox_pictures
from socialdesk.store.queue import detail
from socialdesk.store.replies import promise_acts, replies

MAX_DRAFT_CHARS: Final = 200_000
# Narrowest last: an answer is never wider than what it answers.
WIDTH: Final = (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS, Visibility.DIRECT)
ON_ITS_WAY: Final = {OutboxState.APPROVAL, OutboxState.HELD, OutboxState.QUEUED,
                     OutboxState.SENDING, OutboxState.SENT, OutboxState.UNCERTAIN}  # fmt: skip


def save_draft(tx: Transaction, command: c.SaveDraft, person: int) -> Outcome:
    if len(command.text) > MAX_DRAFT_CHARS:
        raise CommandError(CommandFault.TOO_LONG, n=len(command.text) - MAX_DRAFT_CHARS)
    if len(command.plan) > MAX_DRAFT_CHARS:
        raise CommandError(CommandFault.BAD_INPUT, what="plan")
    draft = Draft(
        command.mention_id, command.text, command.version_id, command.values, command.lang,
        plan=unpacked_plan(command.plan),
    )  # fmt: skip
    drafts.save(tx, draft, person)
    return 0, {}


def send_reply(tx: Transaction, command: c.SendReply, person: int) -> Outcome:
    """Held, or waiting for a second look; refused with a CommandError that names what to do."""
    mention = detail.read_detail(tx.conn, command.mention_id)
    if mention is None:
        raise CommandError(CommandFault.NOT_FOUND)
    if mention.can_reply is not CanReply.API:
        raise CommandError(CommandFault.BROWSER_ONLY, reason=mention.reply_note)
    warning = command.warning or mention.warning
    _check_length(mention, command.text, warning)
    _check_cap(tx, mention, command)
    pictures = _checked_pictures(tx, mention, command)
    if not command.is_sure:
        _check_thread(mention, command.known_posts)
    added = replies.add(tx, replies.NewReply(
        mention_id=command.mention_id, text=command.text, person_id=person,
        dedupe_key=uuid.uuid4().hex, version_id=command.version_id, values=command.values,
        lang=command.lang, visibility=_visibility(mention, command.visibility),
        warning=warning, hold_ms=_hold_ms(tx), pictures=pictures, send_at=command.send_at,
        is_dropped_if_written=command.is_dropped_if_written, promise_at=command.promise_at,
        promise_words=command.promise_words, more_versions=command.more_versions,
        line=command.line, facts=command.facts,
    ))  # fmt: skip
    answer = {"outbox_id": added.outbox_id, "state": added.state.value, "hash": added.hash}
    return added.seq, answer


def _check_length(mention: Detail, text: str, warning: str) -> None:
    if mention.card is None:
        return
    posted = addressed(text, mention.row.handle, names_author=mention.card.names_author)
    left = remaining(posted, mention.card.length, warning)
    if left < 0:
        raise CommandError(CommandFault.TOO_LONG, n=-left)


def _check_cap(tx: Transaction, mention: Detail, command: c.SendReply) -> None:
    """What is written for later is looked at when it leaves: then it may be another month."""
    prices = mention.card.prices if mention.card else None
    if prices is None or command.send_at:
        return
    month = spend.read(tx.conn, mention.account_id, tx.now)
    if prices.of(command.text) > month.left():
        facts = {"cap": dollars(month.cap), "spent": dollars(month.micros)}
        raise CommandError(CommandFault.SPENT, **facts)


def _checked_pictures(
    tx: Transaction, mention: Detail, command: c.SendReply
) -> tuple[Picture, ...]:
    """As the account's card allows. Raises CommandError PICTURE, BAD_INPUT."""
    pictures = unpacked_pictures(command.pictures)
    if len(pictures) != len(command.pictures):
        raise CommandError(CommandFault.BAD_INPUT, what="pictures")
    folder = outbox_pictures.folder_of(tx.conn)
    needs_alt = value_of(settings.read_all(tx.conn), "alt_text") == "required"
    rule = mention.card.pictures if mention.card else None
    found = fault_of(rule, pictures, [size_of(folder, one) for one in pictures],
                     needs_alt=needs_alt)  # fmt: skip
    if found is not None:
        raise CommandError(CommandFault.PICTURE, why=found[0].value, limit=found[1])
    return pictures


def _check_thread(mention: Detail, known: tuple[int, ...]) -> None:
    """Somebody of the brand answered, or they wrote more than the operator saw: ask first."""
    if mention.answered_elsewhere or mention.row.outbox in ON_ITS_WAY:
        raise CommandError(CommandFault.ALREADY_ANSWERED)
    newer = {p.mention_id for p in mention.thread if p.at > mention.row.at and not p.is_own}
    if known and newer - set(known) - {mention.row.id}:
        raise CommandError(CommandFault.THREAD_MOVED)


def _visibility(mention: Detail, asked: str) -> Visibility:
    """The parent's, or a narrower one that was asked for. Raises CommandError BAD_INPUT where the
    account's network knows none: it would be read by more than was asked for."""
    parent = mention.visibility
    try:
        wanted = Visibility(asked) if asked else parent
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=asked) from e
    narrower = max(parent, wanted, key=WIDTH.index)
    can_choose = mention.card is not None and Can.VISIBILITY in mention.card.can
    if narrower is not parent and not can_choose:
        raise CommandError(CommandFault.BAD_INPUT, what=asked)
    return narrower


def _hold_ms(tx: Transaction) -> int:
    return number_of(settings.read_all(tx.conn), "hold_s") * 1000


def take_back(tx: Transaction, command: c.TakeBack, person: int) -> Outcome:
    return replies.take_back(tx, command.outbox_id, person), {}


def send_now(tx: Transaction, command: c.SendNow, person: int) -> Outcome:
    return replies.send_now(tx, command.outbox_id, person), {}


def discard(tx: Transaction, command: c.Discard, person: int) -> Outcome:
    return replies.discard(tx, command.outbox_id, person, command.reason), {}


def settle_uncertain(tx: Transaction, command: c.SettleUncertain, person: int) -> Outcome:
    seq = replies.settle_uncertain(
        tx, command.outbox_id, is_there=command.is_there, person=person, url=command.url
    )
    return seq, {}


def approve_reply(tx: Transaction, command: c.ApproveReply, person: int) -> Outcome:
    return replies.approve(tx, command.outbox_id, command.hash, person, _hold_ms(tx)), {}


def mark_answered(tx: Transaction, command: c.MarkAnswered, person: int) -> Outcome:
    seq = replies.mark_answered(
        tx, command.mention_id, person, dedupe_key=uuid.uuid4().hex, url=command.url,
        text=command.text,
    )  # fmt: skip
    return seq, {}


def reschedule(tx: Transaction, command: Reschedule, person: int) -> Outcome:
    seq = replies.reschedule(
        tx, command.outbox_id, command.send_at, command.is_dropped_if_written, person
    )
    return seq, {}


def send_back(tx: Transaction, command: SendBack, person: int) -> Outcome:
    return replies.send_back(tx, command.outbox_id, command.comment, person), {}


def make_promise(tx: Transaction, command: MakePromise, person: int) -> Outcome:
    made, seq = promise_acts.make(tx, command.mention_id, command.due_at, command.words, person)
    return seq, {"promise_id": made}


def drop_promise(tx: Transaction, command: DropPromise, person: int) -> Outcome:
    return promise_acts.drop(tx, command.promise_id, person), {}


HANDLERS: Final[dict[type, Handler]] = {
    c.SaveDraft: save_draft,
    c.SendReply: send_reply,
    c.TakeBack: take_back,
    c.SendNow: send_now,
    c.Discard: discard,
    c.SettleUncertain: settle_uncertain,
    c.ApproveReply: approve_reply,
    c.MarkAnswered: mark_answered,
    Reschedule: reschedule,
    SendBack: send_back,
    MakePromise: make_promise,
    DropPromise: drop_promise,
}
