"""9. Alone: a second look after the cool-down, every question answered, named for what it is."""

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.engine.after_action.markdown import markdown_of
from socialdesk.engine.commands.statements import GiveLook, PublishStatement
from socialdesk.engine.queries.crisis import (
    ListStatements,
    ReadAfterAction,
    ReadLog,
    ReadWarRoom,
)
from socialdesk.engine.war_room.text import text_of
from socialdesk.engine.words.messages import sentence
from tests.crisis.conftest import Answer, Shop
from tests.crisis.steps import QUESTIONS, YES

THREE_MIN = 180


@pytest.fixture
def drafted(shop: Shop) -> Answer:
    shop.declare(severity=1)
    return shop.statement(1)


def own_look(made: Answer, answers: tuple[tuple[str, str], ...] = YES) -> GiveLook:
    return GiveLook("statement", made["version_id"], made["hash"], "self_cooldown", answers=answers)


def test_scenario_09_two_minutes_after_an_edit_it_says_how_long(
    shop: Shop, drafted: Answer
) -> None:
    shop.clock.advance(120)
    refusal = shop.refused(own_look(drafted))
    assert (refusal.code, refusal.facts["m"], refusal.facts["s"]) == ("R28", 1, 0)
    assert sentence(refusal).text.startswith("Cool-down: look again in 1 min 0 s.")


def test_scenario_09_a_clock_set_forward_does_not_help(shop: Shop, drafted: Answer) -> None:
    shop.clock.jump(THREE_MIN)
    assert shop.refused(own_look(drafted)).code == "R28"


def test_scenario_09_all_seven_questions_are_asked(shop: Shop, drafted: Answer) -> None:
    shop.clock.advance(THREE_MIN)
    assert len(QUESTIONS) == 7
    for left_out in QUESTIONS:
        some = tuple(pair for pair in YES if pair[0] != left_out)
        with pytest.raises(CommandError) as error:
            shop.do(own_look(drafted, some))
        assert error.value.facts["what"] == "answers"
    answer = shop.do(own_look(drafted))
    assert answer["n_missing"] == 0
    assert answer["ends_at"] == shop.now + 4 * 3_600_000
    (given,) = shop.events("look_given")
    assert given["answers"] == dict(YES)


def test_scenario_09_log_board_and_report_say_same_person(shop: Shop, drafted: Answer) -> None:
    shop.clock.advance(THREE_MIN)
    shop.do(own_look(drafted))
    shop.do(PublishStatement(drafted["version_id"]))
    shop.pass_s(30)
    (version,) = shop.ask(ListStatements(1))[0].versions
    assert [(look.kind, look.cooldown_ms) for look in version.standing] == [
        ("self_cooldown", THREE_MIN * 1000)
    ]
    (logged,) = shop.ask(ReadLog(1, kind="look_given"))
    assert logged.data["look"] == "self_cooldown"
    board, report = shop.ask(ReadWarRoom(1)), shop.ask(ReadAfterAction(1))
    assert board is not None and report is not None
    for shown in (text_of(board), markdown_of(report)):
        assert "same person, second look after 3 min" in shown
        named = [line for line in shown.splitlines() if "two people" in line]
        assert all(line.endswith("| 0 |") for line in named), named


def test_scenario_09_a_serious_text_takes_a_second_look_by_the_same_person(shop: Shop) -> None:
    shop.declare(severity=1)
    made = shop.statement(1, "serious")
    shop.clock.advance(15 * 60)
    assert shop.do(own_look(made))["n_missing"] == 1
    assert shop.refused(PublishStatement(made["version_id"])).code == "R25"
    assert shop.refused(own_look(made)).facts["m"] == 15
    shop.clock.advance(14 * 60)
    assert shop.refused(own_look(made)).facts["m"] == 1
