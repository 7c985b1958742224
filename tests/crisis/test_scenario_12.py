"""12. Silence is a decision: a reason, a second look, a time to look again."""

import pytest

from socialdesk.engine.commands.crisis import ChangeIncident
from socialdesk.engine.commands.statements import ChooseSilence
from socialdesk.engine.queries.crisis import ListDues
from tests.crisis.conftest import Shop
from tests.crisis.steps import look

MINUTE = 60_000
WHY = "A court has asked us not to speak."


@pytest.fixture
def incident(shop: Shop) -> int:
    found = shop.declare(severity=2)
    shop.do(ChangeIncident(found, "strategy", "inactive", WHY))
    return found


@pytest.mark.parametrize("in_min", [0, -1, 61])
def test_scenario_12_without_a_time_to_look_again_it_is_refused(
    shop: Shop, incident: int, in_min: int
) -> None:
    at = shop.now + in_min * MINUTE if in_min else 0
    assert shop.refused(ChooseSilence(incident, WHY, at)).code == "R42"
    assert shop.incident(incident).state.value == "declared"


def test_scenario_12_with_one_an_hour_away_it_holds_and_a_timer_runs(
    shop: Shop, incident: int
) -> None:
    at = shop.now + 60 * MINUTE
    made = shop.do(ChooseSilence(incident, WHY, at))
    assert shop.incident(incident).state.value == "declared"  # not before the second look
    shop.pass_s(15 * 60)
    look(shop, "silence", made["silence_id"], made["hash"])
    assert shop.incident(incident).state.value == "holding"
    (timer,) = shop.ask(ListDues(incident))
    assert (timer.to_kind, timer.due_at, timer.state) == ("silence", at, "open")
    shop.pass_s(46 * 60)
    assert len(shop.events("incident_promise_due", incident)) == 1
