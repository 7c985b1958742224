"""Crisis-mode specification, section 15: the temperature of a planned post."""

import json

import pytest

from socialdesk.domain.temperature import Flag, Ground, Verdict, Which
from socialdesk.engine.commands.temperature import KeepCheck
from socialdesk.engine.queries import ListAccounts, ReadJournal, ReadRows
from socialdesk.engine.queries.temperature import CheckTemperature, ListTopic
from socialdesk.practice.content import Line
from socialdesk.practice.stream import Wrote
from tests.crisis.conftest import Shop

POST = "Ask our director anything #AskBank"
ANGRY = (
    "your bank lost my money again, this is terrible and nobody answers",
    "the worst bank ever, awful service and rude staff",
    "I hate this bank, my card is broken and I am furious",
    "horrible bank, you stole my savings, I am so angry",
)
CALM = (
    "thank you, the bank helped me quickly, wonderful people",
    "great bank, lovely and friendly staff, I am happy",
    "good morning dear bank, nice new branch, well done",
)


def hear(shop: Shop, n: int, n_negative: int) -> None:
    """So many different mentions on the bank, of which so many are negative, and their fetch."""
    for i in range(n):
        texts = ANGRY if i < n_negative else CALM
        words = f"@tuliprye {texts[i % len(texts)]} {'xyz'[i % 3]}{i}"
        line = Line(f"said/{i}", 0.0, "ann", words, "question", "en")
        assert shop.bench.network.happen(Wrote(0, line.key, line)) is not None
    shop.pass_s(180)


def test_scenario_18_a_planned_post_meets_its_temperature(shop: Shop) -> None:
    hear(shop, 40, 28)
    found = shop.ask(CheckTemperature(POST))
    assert found.verdict is Verdict.RED
    assert (found.month.n, found.month.n_rated, found.month.share(10)) == (40, 40, 70)
    assert found.lately == found.month
    assert Flag.INVITATION in found.flags
    assert Ground.NEGATIVE in found.grounds and Ground.INVITATION_NEGATIVE in found.grounds
    assert len(found.examples) == 5
    negative = shop.ask(ListTopic(POST, Which.NEGATIVE))
    assert len(negative) == 28
    assert {one.mention_id for one in found.examples} <= set(negative)
    rows = shop.ask(ReadRows(tuple(negative[:5])))
    assert all("bank" in row.body for row in rows)
    answer = shop.do(KeepCheck(POST, reason="The director has prepared answers."))
    assert answer == {"verdict": "red"}
    (entry,) = shop.ask(ReadJournal(1))
    kept = json.loads(entry.data)
    assert (entry.kind, kept["n"], kept["n_negative"]) == ("temperature_checked", 40, 28)


@pytest.mark.parametrize("n", [0, 6, 9])
def test_scenario_18_too_few_mentions_are_too_little_to_say(shop: Shop, n: int) -> None:
    hear(shop, n, n * 2 // 3)
    found = shop.ask(CheckTemperature(POST))
    assert (found.verdict, found.grounds) == (Verdict.LITTLE, (Ground.FEW,))
    assert found.month.n == n
    assert found.month.share(10) is None
    assert Flag.INVITATION in found.flags


def test_scenario_18_only_a_lock_refuses(shop: Shop) -> None:
    (account,) = shop.ask(ListAccounts())
    quiet = "We bake at five every day."
    before = shop.ask(CheckTemperature(quiet, account.id))
    assert (before.lock, before.incidents) == ("", ())
    incident = shop.declare(severity=2)
    found = shop.ask(CheckTemperature(quiet, account.id))
    assert (found.verdict, found.grounds) == (Verdict.RED, (Ground.INCIDENT,))
    assert found.lock == found.incidents[0][0]
    refusal = shop.refused(KeepCheck(quiet, account.id, reason="It was planned long ago."))
    assert refusal.code == "R13"
    assert refusal.facts == {"account": account.name, "id": found.lock}
    assert [event["code"] for event in shop.events("refused", incident)] == ["R13"]
    elsewhere = shop.ask(CheckTemperature(quiet))
    assert (elsewhere.verdict, elsewhere.lock) == (Verdict.RED, "")
    shop.do(KeepCheck(quiet, reason="The printed paper is out already."))
    (kept,) = shop.events("temperature_checked", incident)
    assert kept["reason"] == "The printed paper is out already."
