"""Settings written to a file, looked at, brought in as a whole, taken back."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import SavedView
from socialdesk.domain.targets import Targets, TargetsError, parse_targets
from socialdesk.engine.commands.settings_file import (
    ExportSettings,
    ImportSettings,
    PreviewSettings,
    TakeBackSettings,
)
from socialdesk.engine.handlers.workspace import put_setting
from socialdesk.engine.kit import Kit
from socialdesk.engine.settings import KEY_PREFIX, KNOWN, is_valid
from socialdesk.engine.settings_files.file import (
    CARRIED,
    MAX_BYTES,
    SettingsFileError,
    SetUp,
    ViewText,
    changes,
    clean,
    matched,
    packed,
    parsed,
)
from socialdesk.engine.settings_files.words import fault
from socialdesk.engine.whole_files import write_whole
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr
from socialdesk.store import commands, journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.notices import notices
from socialdesk.store.triage import labels, saved_views

BEFORE: Final = "settings_before"  # the program's own line: what the last import replaced
Answer = dict[str, Any]


class SettingsErrands:
    """`work`: which command is done by what."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            ExportSettings: self._export,
            PreviewSettings: self._preview,
            ImportSettings: self._import,
            TakeBackSettings: self._take_back,
        }

    def _export(self, command: ExportSettings, _: str) -> Answer:
        path, now = Path(command.path).expanduser(), self._kit.readers.here(set_up)

        def write(file: IO[bytes]) -> None:
            file.write(packed(now))

        write_whole(path, write)
        n_settings = len(now.settings or ()) + len(now.networks or ()) + len(now.labels or ())
        return {"path": str(path), "n_settings": n_settings, "n_keys": len(now.keys or ()),
                "n_views": len(now.views or ())}  # fmt: skip

    def _preview(self, command: PreviewSettings, _: str) -> Answer:
        raw, wanted = _read(command.path)
        now = self._kit.readers.here(set_up)
        found = [[c.kind, c.name, c.before, c.after] for c in changes(now, wanted)]
        return {"changes": found, "digest": _digest(raw, now)}

    def _import(self, command: ImportSettings, command_id: str) -> Answer:
        raw, wanted = _read(command.path)

        def bring_in(tx: Transaction) -> Answer:
            now = set_up(tx.conn)
            if command.digest and command.digest != _digest(raw, now):
                raise _refused(tr("the file or the settings changed since you looked. Look again"))
            return _replace(tx, command_id, now, wanted)

        return self._kit.writer.submit(bring_in).result()

    def _take_back(self, _: TakeBackSettings, command_id: str) -> Answer:
        def take_back(tx: Transaction) -> Answer:
            kept = json.loads(settings.read(tx.conn, BEFORE) or "{}")
            if not kept:
                raise CommandError(CommandFault.NOTHING_TO_UNDO)
            now = set_up(tx.conn)
            if kept["after"] != _digest(b"", now):
                raise CommandError(CommandFault.CHANGED_SINCE)
            for view in kept["views"]:
                saved_views.delete_view(tx, view, here_of(tx))
            answer = _replace(tx, command_id, now, parsed(kept["before"].encode()))
            settings.put(tx, BEFORE, "")
            return answer

        return self._kit.writer.submit(take_back).result()


def set_up(conn: Connection) -> SetUp:
    """The whole set-up of this workspace, as a file has it."""
    kept = settings.read_all(conn)
    names = {label.id: label.name for label in labels.list_labels(conn)}
    try:
        targets = parse_targets(kept.get("targets", ""))
    except TargetsError:  # the screens say so; a file has none then
        targets = Targets()
    return SetUp(
        {k: kept[k] for k in CARRIED if _is_worth(k, clean(kept.get(k, "")), kept.get(k, ""))},
        dict(targets.networks),
        {names[label]: minutes for label, minutes in targets.labels if label in names},
        {
            key.removeprefix(KEY_PREFIX): clean(value)
            for key, value in kept.items()
            if key.startswith(KEY_PREFIX) and value.strip()
        },
        tuple(_text_of(view) for view in saved_views.list_views(conn)),
    )


def _is_worth(key: str, cleaned: str, kept: str) -> bool:
    """Whether a stored text goes into the file: a choice of somebody's that is still one."""
    return kept == cleaned and kept not in ("", KNOWN[key].default) and is_valid(key, kept)


def _text_of(view: SavedView) -> ViewText:
    name = " ".join(clean(view.name).split())
    return ViewText(name, clean(view.search), view.order, view.notice)


def _replace(tx: Transaction, command_id: str, now: SetUp, wanted: SetUp) -> Answer:
    """All of `wanted`, with one journal entry that says how much it was; what was before is kept
    for taking it back."""
    person, found = here_of(tx), changes(now, wanted)
    if not found:
        return {"n": 0}
    for change in found:
        if change.kind in ("setting", "key"):
            prefix = KEY_PREFIX if change.kind == "key" else ""
            put_setting(tx, prefix + change.name, change.after, person)
    _put_targets(tx, now, wanted, person)
    added = _put_views(tx, wanted.views or (), person)
    seq = journal.append(tx, "settings_imported", {"n": len(found)}, person=person)
    kept = {"at": tx.now, "before": packed(now).decode(), "views": added,
            "after": _digest(b"", set_up(tx.conn))}  # fmt: skip
    settings.put(tx, BEFORE, json.dumps(kept))
    answer = {"n": len(found)}
    commands.remember(tx, command_id, seq, answer)
    return {**answer, "seq": seq}


def _put_targets(tx: Transaction, now: SetUp, wanted: SetUp, person: int) -> None:
    if wanted.networks is None or wanted.labels is None:
        return
    if (wanted.networks, wanted.labels) == (now.networks, now.labels):
        return
    ids = {labels.find_or_make(tx, name): minutes for name, minutes in wanted.labels.items()}
    made = Targets(tuple(wanted.networks.items()), tuple(ids.items()))
    put_setting(tx, "targets", made.packed(), person)


def _put_views(tx: Transaction, wanted: tuple[ViewText, ...], person: int) -> list[int]:
    """The ids of those that were added; all of them in the file's order, before others."""
    here = saved_views.list_views(tx.conn)
    texts = [_text_of(row) for row in here]
    added, placed = [], []
    for view, at in matched(texts, wanted):
        known = here[at].id if at is not None else 0
        if at is None or view != texts[at]:
            known = _put_view(tx, view, known, person)
        placed.append(known)
        if at is None:
            added.append(known)
    if placed != [row.id for row in here][: len(placed)]:
        saved_views.order_views(tx, placed, person)
    return added


def _put_view(tx: Transaction, view: ViewText, known: int, person: int) -> int:
    made, _ = saved_views.save_view(tx, view.name, view.search, person, known)
    saved_views.set_list_order(tx, made, view.order, person)
    notices.set_on_view(tx, made, view.notice, person)
    return made


def _read(path: str) -> tuple[bytes, SetUp]:
    target = Path(path).expanduser()
    try:
        with open(target, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
        return raw, parsed(raw)
    except OSError as e:
        why = e.strerror or ""
        raise _refused(tr("«{name}» cannot be read: {why}", name=target.name, why=why)) from e
    except SettingsFileError as e:
        raise _refused(fault(e)) from e


def _refused(what: str) -> CommandError:
    return CommandError(CommandFault.BAD_INPUT, what=what)


def _digest(raw: bytes, now: SetUp) -> str:
    return hashlib.sha256(raw + b"\0" + packed(now)).hexdigest()[:32]
