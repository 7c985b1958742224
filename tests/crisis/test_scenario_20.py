"""20. Interface kk, audiences kk and ru: each language has its own look, and who was not told is
red. The keyboard and screen reader part is played in the window (tests/ui)."""

from collections.abc import Iterator

import pytest

from socialdesk.engine.commands.statements import (
    GiveLook,
    NoteAudienceTold,
    PublishStatement,
    SaveAudience,
    SaveStatement,
)
from socialdesk.engine.queries.crisis import ListStatements, ReadWarRoom
from socialdesk.engine.war_room.sections import war_room_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import language, set_language
from tests.crisis.conftest import Answer, Shop


@pytest.fixture
def kk(shop: Shop) -> Iterator[Shop]:
    """The same in Kazakh, with an audience in each language."""
    before = language()
    set_language("kk")
    for lang in ("kk", "ru"):
        shop.do(SaveAudience(f"Тұтынушылар {lang}", "customers", lang=lang))
    yield shop
    set_language(before)


def draft(shop: Shop, lang: str, statement_id: int = 0) -> Answer:
    return shop.do(SaveStatement(
        1, "first", lang, statement_id, values=shop.update_values(), accounts=(shop.account(),),
        next_update_at=shop.now + 30 * 60_000,
    ))  # fmt: skip


def look(shop: Shop, made: Answer) -> None:
    shop.do(GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS"))


def test_scenario_20_each_language_needs_its_own_look(kk: Shop) -> None:
    kk.declare(severity=1)
    ru = draft(kk, "ru")
    own = draft(kk, "kk", ru["statement_id"])
    assert own["statement_id"] == ru["statement_id"] and own["hash"] != ru["hash"]
    look(kk, ru)
    refusal = kk.refused(PublishStatement(own["version_id"]))
    assert refusal.code == "R25"
    assert sentence(refusal).text
    kk.do(PublishStatement(ru["version_id"]))
    kk.pass_s(30)
    assert ru["text"] in kk.posts() and own["text"] not in kk.posts()
    look(kk, own)
    kk.do(PublishStatement(own["version_id"]))
    kk.pass_s(30)
    assert own["text"] in kk.posts()
    (row,) = kk.ask(ListStatements(1))
    assert {version.lang for version in row.versions if version.published} == {"ru", "kk"}


def test_scenario_20_the_audience_that_was_not_told_is_red_on_the_board(kk: Shop) -> None:
    incident = kk.declare(severity=1)
    ru = draft(kk, "ru")
    look(kk, ru)
    kk.do(NoteAudienceTold(incident, 2, ru["version_id"], "by mail"))
    board = kk.ask(ReadWarRoom(incident))
    assert board is not None
    spots = [spot for part in war_room_of(board) for spot in part.spots]
    told = {one.sentence: one.tone for one in spots if "Тұтынушылар" in one.sentence}
    assert set(told.values()) == {"danger"}
    assert all("Тұтынушылар kk" in said and "Тұтынушылар ru" not in said for said in told)
