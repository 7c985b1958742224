"""Playbooks of one's own: each save is a new version that passed the load check as a whole."""

import unicodedata
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, TYPES
from socialdesk.domain.playbooks.playbook_check import PlaybookError
from socialdesk.domain.playbooks.playbook_texts import with_texts, with_values
from socialdesk.engine.answers.playbooks import present
from socialdesk.engine.commands import playbooks as c
from socialdesk.engine.playbook_toml import playbook_text
from socialdesk.engine.playbooks import check
from socialdesk.engine.words.playbooks import fault_words
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import playbooks as store
from socialdesk.store.file.writer import Transaction

Raw = dict[str, Any]


def save_playbook(tx: Transaction, command: c.SavePlaybook, person: int) -> Outcome:
    def change(raw: Raw) -> Raw:
        try:
            made = with_values(with_texts(raw, command.texts), command.values)
        except KeyError as e:
            raise CommandError(CommandFault.NOT_FOUND) from e
        made["review"] = {lang: lang in command.reviewed for lang in LANGS}
        return made

    return _save(tx, command.playbook, command.base, change, person)


def save_own_line(tx: Transaction, command: c.SaveOwnLine, person: int) -> Outcome:
    def change(raw: Raw) -> Raw:
        line: Raw = {"key": command.line, "claim": command.is_claim}
        line |= {"safety": True} if command.is_safety else {}
        tidy = (unicodedata.normalize("NFC", text).strip() for text in command.texts)
        line |= dict(zip(LANGS, tidy, strict=False))
        keys = [known["key"] for known in raw["line"]]
        before = raw["line"][keys.index(command.line)] if command.line in keys else {}
        for lang in LANGS:  # new words, which no native speaker has read
            raw["review"][lang] &= before.get(lang) == line.get(lang)
        if before:
            raw["line"][keys.index(command.line)] = line
        else:
            raw["line"].append(line)
        return raw

    return _save(tx, command.playbook, command.base, change, person)


def drop_line(tx: Transaction, command: c.DropLine, person: int) -> Outcome:
    def change(raw: Raw) -> Raw:
        left = [line for line in raw["line"] if line["key"] != command.line]
        if len(left) == len(raw["line"]):
            raise CommandError(CommandFault.NOT_FOUND)
        raw["line"] = left
        return raw

    return _save(tx, command.playbook, command.base, change, person)


def restore_playbook(tx: Transaction, command: c.RestorePlaybook, person: int) -> Outcome:
    _known(command.playbook)
    _, own = store.newest(tx.conn).get(command.playbook, (0, ""))
    if not own:
        raise CommandError(CommandFault.NOTHING_TO_UNDO)
    _, seq = store.save_version(tx, command.playbook, "", person)
    return seq, {"version": present(tx.conn, command.playbook).version}


def mark_playbook_read(tx: Transaction, command: c.MarkPlaybookRead, person: int) -> Outcome:
    _known(command.playbook)
    return store.mark_read(tx, command.playbook, command.version, person), {}


def _save(
    tx: Transaction, playbook: str, base: str, change: Callable[[Raw], Raw], person: int
) -> Outcome:
    _known(playbook)
    now = present(tx.conn, playbook)
    if base != now.version:
        raise CommandError(CommandFault.CHANGED_SINCE)
    raw = deepcopy(dict(now.raw))
    raw["review"] = {lang: now.reviewed.get(lang, False) for lang in LANGS}
    made = change(raw)
    try:
        check(playbook, made)
    except PlaybookError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=fault_words(e.faults[0])) from e
    _, seq = store.save_version(tx, playbook, playbook_text(made), person)
    return seq, {"version": present(tx.conn, playbook).version}


def _known(playbook: str) -> None:
    if playbook not in (*TYPES, COMMON_ID):
        raise CommandError(CommandFault.NOT_FOUND)


HANDLERS: Final[dict[type, Handler]] = {
    c.SavePlaybook: save_playbook,
    c.RestorePlaybook: restore_playbook,
    c.SaveOwnLine: save_own_line,
    c.DropLine: drop_line,
    c.MarkPlaybookRead: mark_playbook_read,
}
