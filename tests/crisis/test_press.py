"""A question of the press is a task of the spokesperson: section 7 of the specification."""

from socialdesk.domain.queue.rows import View
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.commands import AddPerson, BePerson
from socialdesk.engine.commands.crisis import ChangeIncident, Suspect
from socialdesk.engine.commands.triage import Assign
from tests.crisis.conftest import Shop

SPEAKER = "role:spokesperson"


def people(shop: Shop, *names: str) -> list[int]:
    made = [int(shop.do(AddPerson(name))["person_id"]) for name in names]
    shop.do(BePerson(1))
    return made


def theirs(shop: Shop, person: int) -> list[int]:
    """What stands under "is:mine" for them."""
    shop.do(BePerson(person))
    found = [row.id for row in shop.bench.rows(View.NEEDS_REPLY, "is:mine")]
    shop.do(BePerson(1))
    return sorted(found)


def test_what_the_press_asks_under_a_lock_is_the_spokespersons(shop: Shop) -> None:
    (dana,) = people(shop, "Dana")
    press, office, asked = shop.mentions(3)
    incident = shop.declare(roles=(("spokesperson", dana),))
    shop.link(incident, press, category="press")
    shop.link(incident, office, category="authority")
    shop.link(incident, asked, category="question")
    assert theirs(shop, dana) == sorted((press, office))
    events = shop.events("press_handed", incident)
    assert [(e["ids"], e["to"]) for e in events] == [([press], dana), ([office], dana)]
    said = event_words("press_handed", events[0])
    assert said == "1 mention of the press was handed to the spokesperson."


def test_what_was_linked_before_is_handed_over_when_it_is_declared(shop: Shop) -> None:
    (dana,) = people(shop, "Dana")
    (press,) = shop.mentions(1)
    incident = int(shop.do(Suspect())["incident_id"])
    shop.link(incident, press, category="press")
    assert theirs(shop, dana) == []  # a suspicion gives nobody a role
    shop.declare(incident_id=incident, roles=(("spokesperson", dana),))
    assert theirs(shop, dana) == [press]


def test_another_spokesperson_takes_over_what_nobody_else_has(shop: Shop) -> None:
    dana, ben = people(shop, "Dana", "Ben")
    press, kept = shop.mentions(2)
    incident = shop.declare()
    shop.do(Assign((kept,), 1))
    shop.link(incident, press, kept, category="press")
    assert shop.events("press_handed", incident) == []  # nobody speaks yet
    shop.do(ChangeIncident(incident, SPEAKER, str(dana), "she knows them"))
    assert theirs(shop, dana) == [press]
    shop.do(ChangeIncident(incident, SPEAKER, str(ben), "she is on the road"))
    assert (theirs(shop, dana), theirs(shop, ben)) == ([], [press])
    assert theirs(shop, 1) == [kept]
