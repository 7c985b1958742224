"""Replies planned before a drill: what a declaration has to stop."""

from collections.abc import Sequence

from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import Order, QueueRow, View
from socialdesk.engine.commands.answering import SendReply
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListMentions, ReadRows
from socialdesk.places import resource
from socialdesk.practice.content import Line, read_toml

N_NEWEST = 100  # mentions looked through
N_TAIL = 40  # characters by which a post is known again


def plan_replies(desk: Desk, before: Sequence[Line], made_ms: int) -> None:
    """One to the newest kind word of each language, to leave in the middle of the drill. Where the
    workspace's policy lets nobody write freely there are none."""
    ids = desk.ask(ListMentions(View.ALL, "", Order.NEWEST, limit=N_NEWEST)).result().ids
    rows = desk.ask(ReadRows(tuple(ids))).result()
    for planned in read_toml(resource("drills", "planned.toml"))["reply"]:
        kind_word = _newest(before, str(planned["lang"]), rows)
        if kind_word is None:
            continue
        command = SendReply(
            kind_word, planned["text"], lang=planned["lang"], is_sure=True,
            send_at=made_ms + planned["minute"] * MINUTE_MS, is_dropped_if_written=False,
        )  # fmt: skip
        try:
            desk.do(command).result()
        except CommandError:
            return


def _newest(before: Sequence[Line], lang: str, rows: Sequence[QueueRow]) -> int | None:
    tails = {line.text[-N_TAIL:] for line in before if line.kind == "praise" and line.lang == lang}
    return next((row.id for row in rows if row.body.strip()[-N_TAIL:] in tails), None)
