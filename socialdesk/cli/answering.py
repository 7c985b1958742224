"""`reply`: one mention, one approved template, and the truth about what became of it."""

import threading
from argparse import Namespace

from socialdesk.cli.output import Output
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.reply import OutboxState
from socialdesk.domain.rows import Detail, OutboxRow, TemplateRow, VersionRow
from socialdesk.domain.template import TemplateState, fill
from socialdesk.engine.commands import SendNow, SendReply
from socialdesk.engine.desk import Desk
from socialdesk.engine.phrases import outbox_state
from socialdesk.engine.queries import ListOutbox, ListTemplates, ReadDetail
from socialdesk.i18n import tr

SETTLED = {OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN, OutboxState.APPROVAL,
           OutboxState.TAKEN_BACK, OutboxState.DISCARDED}  # fmt: skip
WAIT_S = 60.0
FALLBACK_LANGUAGE = "en"


def reply(desk: Desk, options: Namespace, out: Output) -> int:
    """Into the outbox and, with nobody here to take it back, out at once; waits for its fate."""
    detail = desk.ask(ReadDetail(options.mention)).result()
    if detail is None:
        raise CommandError(CommandFault.NOT_FOUND)
    version = choose_version(desk, options.template, options.lang or detail.lang)
    values = slot_values(options.slot, detail)
    outbox_id = send(desk, options.mention, version, values, is_sure=options.yes)
    row = wait_for_fate(desk, outbox_id)
    out.say(outbox_state(row))
    out.value({"outbox": outbox_id, "state": row.state.value, "url": row.url, "reason": row.reason})
    return 0 if row.state in (OutboxState.SENT, OutboxState.APPROVAL) else 1


def choose_version(desk: Desk, name: str, lang: str) -> VersionRow:
    """The approved version in `lang`, else in English, else in any language it has.

    Raises CommandError NOT_FOUND, NOT_APPROVED.
    """
    wanted = name.casefold()
    found = [t for t in desk.ask(ListTemplates()).result() if t.name.casefold() == wanted]
    if not found:
        raise CommandError(CommandFault.NOT_FOUND)
    approved = _approved(found[0])
    if not approved:
        raise CommandError(CommandFault.NOT_APPROVED)
    for code in (lang[:2].lower(), FALLBACK_LANGUAGE):
        if code in approved:
            return approved[code]
    return next(iter(approved.values()))


def _approved(template: TemplateRow) -> dict[str, VersionRow]:
    return {v.lang: v for v in template.versions if v.state is TemplateState.APPROVED}


def slot_values(typed: list[str], detail: Detail) -> dict[str, str]:
    """NAME=VALUE as typed; the author's first name is known. Raises CommandError BAD_INPUT."""
    values = {"first_name": (detail.row.author.split() or [""])[0]}
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals:
            raise CommandError(CommandFault.BAD_INPUT, what=text)
        values[name.strip()] = value
    return values


def send(
    desk: Desk, mention: int, version: VersionRow, values: dict[str, str], *, is_sure: bool = False
) -> int:
    """The outbox row's id, no longer held."""
    command = SendReply(
        mention, fill(version.body, values), version.id, tuple(values.items()), version.lang,
        is_sure=is_sure,
    )  # fmt: skip
    answer = desk.do(command).result().answer
    outbox_id = int(answer["outbox_id"])
    if answer["state"] == OutboxState.HELD.value:
        desk.do(SendNow(outbox_id)).result()
    return outbox_id


def wait_for_fate(desk: Desk, outbox_id: int) -> OutboxRow:
    """The row once it is settled, or as it stands after a minute."""
    news = threading.Event()
    stop = desk.listen(lambda _: news.set())
    try:
        for _ in range(int(WAIT_S * 2)):
            row = next(r for r in desk.ask(ListOutbox(only_open=False)).result()
                       if r.id == outbox_id)  # fmt: skip
            if row.state in SETTLED:
                return row
            news.wait(0.5)
            news.clear()
        return row
    finally:
        stop()


def explain(row: OutboxRow) -> str:
    """One line about a row, for the terminal day."""
    return tr("{state}: {text}", state=outbox_state(row), text=row.text)
