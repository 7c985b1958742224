"""`reply`: one mention, one approved template, and the truth about what became of it."""

import time
from argparse import Namespace
from collections.abc import Mapping

from socialdesk.cli.exit_codes import NETWORK, OK, REFUSED
from socialdesk.cli.news import News
from socialdesk.cli.output import Output, visible
from socialdesk.cli.reading import outbox_value
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import OutboxRow, TemplateRow, VersionRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.domain.replies.template import TemplateState, empty_slots, fill, slots
from socialdesk.engine.commands import SendNow, SendReply
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListOutbox, ListTemplates, ReadDetail, ReadSettings
from socialdesk.engine.words.phrases import outbox_state
from socialdesk.i18n import tr

SETTLED = {OutboxState.SENT, OutboxState.FAILED, OutboxState.APPROVAL, OutboxState.TAKEN_BACK,
           OutboxState.DISCARDED}  # fmt: skip
WAIT_S = 60.0
FALLBACK_LANGUAGE = "en"


def reply(desk: Desk, options: Namespace, out: Output) -> int:
    """Into the outbox and, with nobody here to take it back, out at once; waits for its fate."""
    detail = desk.ask(ReadDetail(options.mention)).result()
    if detail is None:
        out.fail(tr("There is no mention {n}. Their numbers: socialdesk queue", n=options.mention))
        return REFUSED
    template = find_template(desk, options.template)
    if template is None:
        out.fail(tr("There is no template «{name}». Their names: socialdesk templates",
                    name=options.template))  # fmt: skip
        return REFUSED
    version = choose_version(template, options.lang or detail.lang)
    typed = dict(options.slot)
    if unknown := [name for name in typed if name not in slots(version.body)]:
        out.fail(tr("The template has no slot {list}. It has: {slots}", list=", ".join(unknown),
                    slots=", ".join(slots(version.body)) or tr("none")))  # fmt: skip
        return REFUSED
    values = {**author_values(detail.row.author), **typed}
    outbox_id = send(desk, options.mention, version, values, is_sure=options.yes)
    row = wait_for_fate(desk, outbox_id)
    return tell_fate(desk, row, out)


def tell_fate(desk: Desk, row: OutboxRow, out: Output) -> int:
    """What became of it, and what comes next."""
    out.say(f"{outbox_state(row)} {visible(row.url)}".rstrip())
    if row.state is OutboxState.QUEUED:
        out.say(
            tr("Sending is off. The reply stays in the outbox until you switch it on.")
            if is_sender_off(desk)
            else tr("It stays in the outbox and leaves when SocialDesk runs: open the window.")
        )
    out.value(outbox_value(row))
    match row.state:
        case OutboxState.SENT | OutboxState.APPROVAL:
            return OK
        case OutboxState.QUEUED | OutboxState.SENDING | OutboxState.UNCERTAIN:
            return NETWORK
        case _:
            return REFUSED


def find_template(desk: Desk, name: str) -> TemplateRow | None:
    """By its name, whatever the case."""
    wanted = name.strip().casefold()
    found = (t for t in desk.ask(ListTemplates()).result() if t.name.casefold() == wanted)
    return next(found, None)


def choose_version(template: TemplateRow, lang: str) -> VersionRow:
    """The approved version in `lang`, else in English, else in any language it has.

    Raises CommandError NOT_APPROVED.
    """
    approved = {v.lang: v for v in template.versions if v.state is TemplateState.APPROVED}
    if not approved:
        raise CommandError(CommandFault.NOT_APPROVED)
    for code in (lang[:2].lower(), FALLBACK_LANGUAGE):
        if code in approved:
            return approved[code]
    return next(iter(approved.values()))


def author_values(author: str) -> dict[str, str]:
    """The first name, where the author's name begins with one."""
    word = (author.split() or [""])[0]
    return {"first_name": word} if word.isalpha() else {}


def send(
    desk: Desk,
    mention: int,
    version: VersionRow,
    values: Mapping[str, str],
    *,
    is_sure: bool = False,
) -> int:
    """The outbox row's id, no longer held. Raises CommandError."""
    if empty := empty_slots(version.body, values):
        raise CommandError(CommandFault.SLOT_EMPTY, list=", ".join(empty))
    command = SendReply(
        mention, fill(version.body, values), version.id, tuple(values.items()), version.lang,
        is_sure=is_sure,
    )  # fmt: skip
    answer = desk.do(command).result().answer
    outbox_id = int(answer["outbox_id"])
    if answer["state"] == OutboxState.HELD.value:
        desk.do(SendNow(outbox_id)).result()
    return outbox_id


def wait_for_fate(desk: Desk, outbox_id: int, wait_s: float = WAIT_S) -> OutboxRow:
    """The row once nothing more comes of waiting, or as it stands after `wait_s`."""
    ends = time.monotonic() + wait_s
    with News(desk) as news:
        while True:
            row = next(
                r for r in desk.ask(ListOutbox(only_open=False)).result() if r.id == outbox_id
            )
            left = ends - time.monotonic()
            if left <= 0 or row.state in SETTLED or _is_put_off(desk, row):
                return row
            news.wait(min(left, 1.0))


def _is_put_off(desk: Desk, row: OutboxRow) -> bool:
    """Tried and put off, given up to a person, or kept back: none of it ends while we wait."""
    if row.state is OutboxState.UNCERTAIN:
        return not row.next_at
    return row.state is OutboxState.QUEUED and (bool(row.reason) or is_sender_off(desk))


def is_sender_off(desk: Desk) -> bool:
    """True after a restore, until a person says on."""
    return desk.ask(ReadSettings()).result().get("sender") == "off"
