"""A reply line under a mention: its places filled with what is known, and what is sent."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.crisis_rows import AudienceRow, LineRow, StatementRow
from socialdesk.domain.crisis.statement import NEXT_UPDATE
from socialdesk.domain.queue.rows import Detail
from socialdesk.domain.replies.placeholder import fill, placeholders, unfilled
from socialdesk.domain.times.when import parse_when
from socialdesk.engine.commands import SendReply
from socialdesk.ui.compose.writing import first_names
from socialdesk.ui.words import local_zone

LINE_KEYS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
PROMISING: Final = "dont_know"  # its reply promises an answer to who asked


def known_values(
    line: LineRow, detail: Detail, next_update: str, statements: Sequence[StatementRow],
    audiences: Sequence[AudienceRow],
) -> dict[str, str]:  # fmt: skip
    """What need not be typed: the first name, the next update, and what was published before."""
    spoken = said_before(statements, line.lang)
    found = {name: spoken[name] for name in placeholders(line.text) if name in spoken}
    for audience in audiences:
        if audience.kind == "press":
            known = {"spokesperson": audience.spokesperson, "contact": audience.contact}
            found = {**{k: v for k, v in known.items() if v}, **found}
    found["name"] = first_names(detail.row.author).get("first_name") or detail.row.handle
    if next_update:
        found[NEXT_UPDATE] = next_update
    wanted = placeholders(line.text)
    return {name: found[name] for name in wanted if found.get(name)}


def said_before(statements: Sequence[StatementRow], lang: str) -> dict[str, str]:
    """The values of what was published in a language, the newest last said. Times of a text are
    its own."""
    found: dict[str, str] = {}
    for row in reversed(statements):
        for version in row.versions:
            if version.lang == lang and version.published:
                found |= dict(version.values)
    return {k: v for k, v in found.items() if k not in (NEXT_UPDATE, "time")}


def line_text(line: LineRow, values: Mapping[str, str]) -> str:
    """As it is sent: the line's words with the values, and nothing else."""
    return canonical_text(fill(line.text, values))


def open_places(line: LineRow, values: Mapping[str, str]) -> list[str]:
    """What is not filled in yet."""
    return unfilled(line.text, values)


def promised_at(
    line: LineRow, values: Mapping[str, str], now: int, known: tuple[int, str] = (0, "")
) -> int:
    """When an answer is promised, ms UTC; 0 = this line promises none, or what was typed is no
    time. `known`: the time that stood there before anybody typed, and its words."""
    if line.key != PROMISING:
        return 0
    typed = values.get(NEXT_UPDATE, "")
    if typed and typed == known[1] and known[0] > now:
        return known[0]
    here = datetime.fromtimestamp(now / 1000, UTC).astimezone(local_zone())
    found = parse_when(typed, here)
    return round(found.timestamp() * 1000) if found is not None else 0


def line_reply(
    line: LineRow, values: Mapping[str, str], detail: Detail, visibility: str, promise_at: int
) -> SendReply:
    """Under the thread that the operator saw."""
    wanted = placeholders(line.text)
    return SendReply(
        detail.row.id, line_text(line, values), lang=line.lang, visibility=visibility,
        values=tuple((name, values[name]) for name in wanted if values.get(name)),
        warning=detail.warning, known_posts=tuple(p.mention_id for p in detail.thread
                                                  if p.mention_id),
        promise_at=promise_at, line=f"{line.playbook}/{line.key}", facts=line.facts,
    )  # fmt: skip
