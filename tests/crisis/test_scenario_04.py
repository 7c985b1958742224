"""4. Before the first statement: no claims; `ack` and `harm` at once; and an account that cannot
write is served by hand."""

import pytest

from socialdesk.domain.account import AccountState, Can, Card
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.after_action.html import html_of
from socialdesk.engine.after_action.sections import parts_of
from socialdesk.engine.commands.statements import (
    GiveLook,
    NotePublishedByHand,
    PrepareLine,
    PublishStatement,
)
from socialdesk.engine.queries.crisis import ListStatements, ReadAfterAction
from socialdesk.store import accounts
from tests.crisis.conftest import REST_S, Shop

LINK = "https://blog.example/our-words"


def a_feed(shop: Shop) -> int:
    """A blog that is read and cannot be written to: its account."""
    card = Card(own=Author(remote_id="blog", handle="blog", name="Blog"), can=Can.FETCH,
                length=LengthRule(500))  # fmt: skip

    def write(tx) -> int:
        made = accounts.sign_in(tx, network="rss", signed_settings={}, card=card)
        accounts.set_state(tx, made, AccountState.ON)
        return int(made)

    return shop.desk._writer.submit(write).result()


def test_scenario_04_a_line_with_a_claim_waits_for_the_first_statement(shop: Shop) -> None:
    incident = shop.declare(severity=3, playbook="recall")
    (fact, *_) = shop.confirm_facts(incident)
    made = shop.do(PrepareLine(incident, "recall", "refund", "en", (fact,)))
    shop.look("line", made["line_id"], made["hash"], rest_s=REST_S)
    command = shop.reply_command(
        made["text"].replace("{name}", "Ann").replace("{how}", "bring it back"), lang="en",
        line="recall/refund", values=(("name", "Ann"), ("how", "bring it back")), facts=(fact,),
    )  # fmt: skip
    assert shop.refused(command).code == "R11"
    assert shop.incident(incident).state is IncidentState.DECLARED


@pytest.mark.parametrize("line", ["common/ack", "recall/harm"])
def test_scenario_04_lines_without_a_claim_are_sent(shop: Shop, line: str) -> None:
    incident = shop.declare(severity=3, playbook="recall")
    mention = shop.mentions()[0]
    sent = shop.line(line, mention, incident, values={"contact": "help@tuliprye.example"})
    shop.pass_s(30)
    assert shop.state(sent) is OutboxState.SENT
    assert shop.incident(incident).state is IncidentState.DECLARED


def test_scenario_04_a_safety_line_goes_unchecked_in_the_worst_case_and_it_is_told(
    shop: Shop,
) -> None:
    incident = shop.declare(severity=1, playbook="recall")
    reason = "Somebody fell ill and nobody else is here."
    shop.do(PrepareLine(incident, "recall", "harm", "en", skip_reason=reason))
    sent = shop.line(
        "recall/harm", shop.mentions()[0], incident, values={"contact": "help@tuliprye.example"}
    )
    shop.pass_s(30)
    assert shop.state(sent) is OutboxState.SENT
    (skipped,) = shop.events("check_skipped", incident)
    assert skipped["reason"] == reason
    report = shop.ask(ReadAfterAction(incident))
    assert report is not None
    said = f"Sent without the check (R25). Reason: {reason}"
    (part,) = (p for p in parts_of(report) if p.alarms)
    assert said in part.lines and part.alarms == {said}
    assert f'<p class="danger">{said}</p>' in html_of(report)


def test_scenario_04_what_cannot_be_published_from_here_is_published_by_hand(shop: Shop) -> None:
    blog = a_feed(shop)
    incident = shop.declare(severity=3)
    made = shop.statement(incident, accounts=(blog,))
    shop.do(GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS"))
    answer = shop.do(PublishStatement(made["version_id"]))
    assert (answer["outbox"], answer["by_hand"], answer["why_by_hand"]) == (
        [], [blog], ["cannot_post"],
    )  # fmt: skip
    (refusal,) = shop.events("refused", incident)
    assert (refusal["code"], refusal["facts"]["account"]) == ("R43", "blog")
    assert shop.incident(incident).state is IncidentState.DECLARED
    row = shop.do(NotePublishedByHand(made["version_id"], blog, LINK))["outbox_id"]
    (kept,) = shop.outbox(row)
    assert (kept.state, kept.reason, kept.url) == (OutboxState.SENT, "by_hand", LINK)
    assert shop.incident(incident).state is IncidentState.HOLDING
    (version,) = shop.ask(ListStatements(incident))[0].versions
    assert version.text == made["text"]
    assert [(account, state) for _, account, state, _ in version.published] == [("blog", "by_hand")]
    assert shop.events("statement_by_hand", incident)[0]["url"] == LINK
