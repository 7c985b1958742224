"""11. A promise to one asker: told of before, at and after its time; kept by the answer."""

from socialdesk.engine.commands.statements import SaveStatement
from tests.crisis.conftest import Shop
from tests.crisis.steps import COOLDOWN_S, dues, send_line

MINUTE = 60_000
SIGNALS = ("promise_soon", "promise_due", "promise_late")


def told(shop: Shop, incident: int) -> list[str]:
    return [kind for kind in SIGNALS for _ in shop.events(kind, incident)]


def test_scenario_11_signals_late_and_kept(shop: Shop) -> None:
    incident = shop.declare(severity=3)
    (mention,) = shop.mentions(1)
    shop.link(incident, mention, category="question")
    due = shop.now + 90 * MINUTE
    values = {"name": "Aigul", "next_update_at": "15:00"}
    send_line(shop, incident, "common/dont_know", mention, values, promise_at=due)
    shop.pass_s(60)
    (promise,) = dues(shop, incident, "mention")
    assert (promise.state, promise.due_at) == ("open", due)

    shop.pass_s((due - 10 * MINUTE - shop.now) / 1000 - 1)
    assert told(shop, incident) == []
    shop.pass_s(2)
    assert told(shop, incident) == ["promise_soon"]
    shop.pass_s(600)
    assert told(shop, incident) == ["promise_soon", "promise_due"]
    shop.pass_s(300)
    assert told(shop, incident) == ["promise_soon", "promise_due", "promise_late"]
    (promise,) = dues(shop, incident, "mention")
    assert promise.state == "late"

    draft = shop.do(SaveStatement(incident, "update", "en"))
    assert draft["text"].startswith("We promised to write at ")

    send_line(shop, incident, "common/ack", mention, values)
    shop.pass_s(60)
    (promise,) = dues(shop, incident, "mention")
    assert promise.state == "kept" and promise.kept_at > promise.due_at + COOLDOWN_S
