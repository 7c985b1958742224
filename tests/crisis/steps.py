"""Steps that scenarios share: a second look, a line sent, silence, the way to the review."""

from collections.abc import Mapping

from socialdesk.domain.crisis.crisis_rows import DueRow
from socialdesk.domain.replies.placeholder import fill
from socialdesk.engine.commands import SendReply
from socialdesk.engine.commands.crisis import ChangeIncident
from socialdesk.engine.commands.statements import (
    ChooseSilence,
    GiveLook,
    PrepareLine,
)
from socialdesk.engine.queries.crisis import ListDues, WhatStandDownWaitsFor
from tests.crisis.conftest import Answer, Shop

QUESTIONS = ("aloud", "hurt", "facts", "against", "blame", "keep", "where")
YES = tuple((key, "yes") for key in QUESTIONS)
COOLDOWN_S = 15 * 60 + 1  # the longest of all
HOUR_S = 3600


def look(shop: Shop, subject: str, subject_id: int, digest: str) -> Answer:
    """By the same person, after the cool-down, every question answered."""
    return shop.do(GiveLook(subject, subject_id, digest, "self_cooldown", answers=YES))


def send_line(
    shop: Shop,
    incident: int,
    line: str,
    mention: int,
    values: Mapping[str, str],
    promise_at: int = 0,
) -> int:
    """A reply line, prepared, looked at and sent; its outbox id."""
    playbook, _, key = line.partition("/")
    made = shop.do(PrepareLine(incident, playbook, key, "en"))
    shop.pass_s(COOLDOWN_S)
    look(shop, "line", made["line_id"], made["hash"])
    text = fill(made["text"], values)
    command = SendReply(
        mention,
        text,
        values=tuple(values.items()),
        lang="en",
        is_sure=True,
        line=line,
        promise_at=promise_at,
    )
    return int(shop.do(command)["outbox_id"])


def be_silent(shop: Shop, incident: int) -> None:
    """A decision to be silent that takes effect: state `holding`."""
    shop.do(ChangeIncident(incident, "strategy", "inactive", "nothing is known yet"))
    made = shop.do(ChooseSilence(incident, "nothing is known yet", shop.now + HOUR_S * 1000))
    shop.pass_s(COOLDOWN_S)
    look(shop, "silence", made["silence_id"], made["hash"])


def to_review(shop: Shop, incident: int) -> None:
    """A SEV3 incident without promises, led to its review the quiet way. Nothing is fetched on the
    way: hours of it would take a minute, and bring complaints that wait."""
    shop.set("fetching", "off")
    be_silent(shop, incident)
    shop.move(incident, "responding", "none needed")
    shop.pass_s(2 * HOUR_S + 60)
    waits = shop.ask(WhatStandDownWaitsFor(incident))
    assert waits == [], waits
    shop.move(incident, "stand_down")
    shop.pass_s(2 * HOUR_S + 60)


def dues(shop: Shop, incident: int, to_kind: str) -> list[DueRow]:
    """Its promises of one kind."""
    return [due for due in shop.ask(ListDues(incident)) if due.to_kind == to_kind]
