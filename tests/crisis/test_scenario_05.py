"""5. A first statement that lacks something is not even looked at."""

from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.domain.playbooks.playbook import blocks_of
from socialdesk.engine.commands.statements import GiveLook
from socialdesk.engine.playbooks import shipped_common, shipped_playbook
from socialdesk.engine.words.messages import sentence
from tests.crisis.conftest import Answer, Shop

VALUES = (("what", "paying by card"), ("since", "14:05"), ("workaround", "pay in cash"))


def blocks(without: str = "") -> tuple[tuple[str, str], ...]:
    found = blocks_of("first", "en", shipped_playbook("outage"), shipped_common())
    return tuple((key, text) for key, text in found if key != without)


def ask_for_a_look(made: Answer) -> GiveLook:
    return GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS")


def test_scenario_05_the_block_that_is_missing_is_named(shop: Shop) -> None:
    incident = shop.declare(severity=1)
    made = shop.statement(incident, blocks=blocks(without="sorry"), values=VALUES)
    refusal = shop.refused(ask_for_a_look(made))
    assert (refusal.code, refusal.facts["list"]) == ("R21", "sorry")
    assert sentence(refusal).text == (
        "A first statement needs: sorry, what we know, what we do not know, what we do, next "
        "update. Missing: sorry."
    )
    assert [event["code"] for event in shop.events("refused", incident)] == ["R21"]


def test_scenario_05_words_cut_out_of_the_text_are_missing_too(shop: Shop) -> None:
    incident = shop.declare(severity=1)
    made = shop.statement(incident, blocks=blocks(), values=VALUES, text="We are working on it.")
    assert shop.refused(ask_for_a_look(made)).facts["list"] == "sorry, know, unknown, doing, next"


def test_scenario_05_the_place_that_is_not_filled_in_is_named(shop: Shop) -> None:
    incident = shop.declare(severity=1)
    made = shop.statement(
        incident, blocks=blocks(), values=tuple(pair for pair in VALUES if pair[0] != "since")
    )
    refusal = shop.refused(ask_for_a_look(made))
    assert (refusal.code, refusal.facts["n"], refusal.facts["list"]) == ("R20", 1, "{since}")


def test_scenario_05_the_next_update_is_the_time_that_was_chosen(shop: Shop) -> None:
    incident = shop.declare(severity=1)
    wrong = shop.statement(incident, blocks=blocks(), values=VALUES, next_update_at=0)
    assert shop.refused(ask_for_a_look(wrong)).code == "R20"  # nothing fills its place
    late = shop.statement(
        incident, blocks=blocks(), values=VALUES, next_update_at=shop.now + 31 * MINUTE_MS
    )
    refusal = shop.refused(ask_for_a_look(late))
    assert (refusal.code, refusal.facts["m"]) == ("R22", 30)
    good = shop.statement(
        incident, blocks=blocks(), next_update_at=shop.now + 30 * MINUTE_MS,
        values=(*VALUES, ("next_update_at", "some day")),
    )  # fmt: skip
    assert "some day" not in good["text"]
    shop.do(ask_for_a_look(good))
