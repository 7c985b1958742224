"""An approved statement reaches the network once, whatever happens on the wire, and the incident
knows of it only when it is there."""

import pytest

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.queue.rows import View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.commands import SettleUncertain
from socialdesk.engine.commands.statements import PublishStatement
from socialdesk.engine.commands.temperature import KeepCheck
from socialdesk.engine.queries import ReadDetail
from socialdesk.engine.queries.crisis import ReadLog
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind
from tests.crisis.conftest import REST_S, Answer, Shop, StartShop

POSTS = "/api/v1/statuses"


def approved(shop: Shop) -> Answer:
    """A first statement of a small incident, looked at and not yet published."""
    shop.pass_s(120)
    shop.declare(severity=3)
    shop.confirm_facts(1, "holding")
    made = shop.statement()
    shop.look("statement", made["version_id"], made["hash"], rest_s=REST_S)
    return made


def on_top(shop: Shop) -> list[str]:
    """Our posts that answer nobody."""
    return [post.now.text for post in shop.bench.network.posts_by_us() if not post.to]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("trouble", [Trouble.TIME_OUT, Trouble.SERVER_ERROR, Trouble.WEB_PAGE])
def test_a_doubtful_send_leaves_one_post_and_one_first_statement(
    start_shop: StartShop, kind: Kind, trouble: Trouble
) -> None:
    shop = start_shop(kind=kind)
    made = approved(shop)
    shop.bench.network.faults.add(Fault(trouble, "POST", POSTS, is_stored=True))
    (outbox_id,) = shop.do(PublishStatement(made["version_id"]))["outbox"]
    shop.pass_s(12)
    assert shop.state(outbox_id) is OutboxState.UNCERTAIN
    assert shop.incident(1).state is IncidentState.DECLARED
    shop.pass_s(1200)
    if kind is Kind.NEITHER:  # it cannot be looked up there: a person says
        assert shop.state(outbox_id) is OutboxState.UNCERTAIN
        shop.do(SettleUncertain(outbox_id, is_there=True))
    assert shop.state(outbox_id) is OutboxState.SENT
    assert on_top(shop) == [made["text"]]
    assert shop.incident(1).state is IncidentState.HOLDING
    assert len(shop.events("statement_published")) == 1


def test_it_stands_in_the_file_as_a_thread_of_its_own(start_shop: StartShop) -> None:
    shop = start_shop()
    made = approved(shop)
    (outbox_id,) = shop.do(PublishStatement(made["version_id"]))["outbox"]
    shop.pass_s(30)
    assert shop.state(outbox_id) is OutboxState.SENT
    assert shop.outbox(outbox_id)[0].mention_id == 0
    found = shop.mentions(1, View.ALL, "is:ours")
    detail = shop.ask(ReadDetail(found[0]))
    assert detail is not None and [post.body for post in detail.thread] == [made["text"]]


def test_every_event_of_its_way_has_a_sentence(start_shop: StartShop) -> None:
    shop = start_shop(kind=Kind.IGNORES_KEY)
    made = approved(shop)
    shop.do(KeepCheck("Fresh bread", reason="It hangs in the window already."))
    shop.bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS))
    (outbox_id,) = shop.do(PublishStatement(made["version_id"]))["outbox"]
    shop.pass_s(700)  # four looks; its next update is not yet due
    shop.do(SettleUncertain(outbox_id, is_there=False))
    shop.pass_s(30)
    assert shop.state(outbox_id) is OutboxState.SENT
    rows = shop.ask(ReadLog(1, limit=1000))
    kinds = {row.kind for row in rows}
    assert {"reply_uncertain", "reply_looked_for", "reply_not_there", "reply_sent"} <= kinds
    for row in rows:
        assert event_words(row.kind, dict(row.data)) != row.kind.replace("_", " "), row.kind
    (checked,) = [dict(row.data) for row in rows if row.kind == "temperature_checked"]
    assert event_words("temperature_checked", checked) == (
        "A planned post was checked: Red. Reason: It hangs in the window already."
    )
