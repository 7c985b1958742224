"""Statements, looks and lines in a queue file, for the tests of what may leave."""

from dataclasses import replace
from typing import Any

from socialdesk.domain.account import Can
from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.crisis.incident import MINUTE_MS, Incident
from socialdesk.domain.crisis.statement import FIRST_BLOCKS, StatementKind, text_of
from socialdesk.store import accounts, settings
from socialdesk.store.crisis import lines, looks, statement_publishing, statements
from socialdesk.store.crisis.lines import NewLine, PreparedLine
from socialdesk.store.crisis.looks import Given
from socialdesk.store.crisis.statement_publishing import Published
from socialdesk.store.crisis.statements import NewVersion, Saved
from tests.store.queue_file import QueueFile

QUESTIONS = ("aloud", "keep")
ANSWERS = (("aloud", "no"), ("keep", "yes"))
BLOCKS = tuple((key, f"About {key}.") for key in FIRST_BLOCKS)
REASON = "People are hurt and nobody else is awake."


def let_post(file: QueueFile) -> None:
    """The account may publish posts of its own."""
    spec = file.read(accounts.read_account, file.account)
    assert spec is not None and spec.card is not None
    card = replace(spec.card, can=spec.card.can | Can.POST)
    file.write(lambda tx: accounts.set_card(tx, file.account, card))


def second_account(file: QueueFile) -> int:
    """One more, which may publish as the first may."""
    spec = file.read(accounts.read_account, file.account)
    assert spec is not None and spec.card is not None
    card = replace(
        spec.card,
        own=replace(
            spec.card.own,
            handle="@shop2@pond.example",
            remote_id="https://pond.example/users/shop2",
        ),
    )
    other = file.write(
        lambda tx: accounts.sign_in(
            tx, network="mastodon", signed_settings={}, card=card, watches=[("mentions", "", "")]
        )
    )
    file.execute("UPDATE account SET state = 'on' WHERE id = ?", other)
    return other


def saved(file: QueueFile, incident: Incident, **values: Any) -> Saved:
    """A first statement that lacks nothing."""
    kind = StatementKind(values.pop("kind", "first"))
    person = values.pop("person", file.ann)
    blocks = values.pop("blocks", BLOCKS)
    defaults: dict[str, Any] = {
        "lang": "en", "text": text_of(blocks, dict(values.get("values", ()))), "blocks": blocks,
        "accounts": (file.account,), "next_update_at": file.clock.now + 20 * MINUTE_MS,
    }  # fmt: skip
    new = NewVersion(incident.id, kind, **(defaults | values))
    return file.write(lambda tx: statements.save(tx, new, person))


def look(file: QueueFile, subject_id: int, digest: str, **values: Any) -> Given:
    """A look by the same person, all questions answered."""
    kind = values.pop("look", Look.SELF_COOLDOWN)
    subject = values.pop("subject", "statement")
    defaults: dict[str, Any] = {
        "here": file.ann, "answers": ANSWERS, "questions": QUESTIONS, "is_pin_checked": True,
        "how": "by phone",
    }  # fmt: skip
    return file.write(
        lambda tx: looks.give(tx, subject, subject_id, digest, kind, **(defaults | values))
    )


def seen(file: QueueFile, incident: Incident, **values: Any) -> Saved:
    """A statement that somebody looked at."""
    text = saved(file, incident, **values)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    return text


def publish(file: QueueFile, version_id: int, **values: Any) -> Published:
    held = {"hold_ms": 0} | values
    return file.write(lambda tx: statement_publishing.publish(tx, version_id, file.ann, **held))


def prepared(file: QueueFile, incident_id: int, **values: Any) -> PreparedLine:
    """The line "common/ack"."""
    reason = values.pop("skip_reason", "")
    defaults: dict[str, Any] = {
        "playbook": "common", "key": "ack", "lang": "en", "text": "{name}, we have read this.",
        "is_claim": False, "is_safety": False,
    }  # fmt: skip
    new = NewLine(incident_id, **(defaults | values))
    return file.write(lambda tx: lines.prepare(tx, new, file.ann, reason))


def pair(file: QueueFile) -> None:
    file.write(lambda tx: settings.set_value(tx, "team_mode", "pair", file.ann))
