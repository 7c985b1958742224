"""Scenario 2: suspicion locks nothing."""

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands.crisis import Suspect
from tests.crisis.conftest import Shop


def test_scenario_02_a_suspected_incident_locks_nothing(shop: Shop):
    version = shop.template("Thank you for writing.")
    made = shop.do(Suspect("Something is wrong", tuple(shop.mentions(2))))
    reply = shop.reply("Thank you for writing.", version_id=version)
    shop.pass_s(30)
    assert shop.incident(made["incident_id"]).state is IncidentState.SUSPECTED
    assert shop.state(reply) is OutboxState.SENT
    assert any("Thank you for writing." in post for post in shop.posts())
    assert shop.events("refused", made["incident_id"]) == []
