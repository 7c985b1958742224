"""The understanding in a running engine: with the page, in the background, learning."""

from socialdesk.domain.insight import Intent, Sentiment
from socialdesk.engine.commands.insight import CorrectInsight
from socialdesk.engine.queries.insight import ReadInsight, ReadLearning


def test_a_fetched_mention_is_understood_when_it_is_first_seen(bench):
    rows = bench.rows()
    assert rows
    for row in rows:
        found = bench.desk.ask(ReadInsight(row.id)).result()
        assert found.insight.version > 0
    assert bench.desk.ask(ReadLearning()).result().reading.n_total == 0


def test_a_correction_holds_and_is_undone(bench):
    from socialdesk.engine.commands import Undo

    id = bench.rows()[0].id
    before = bench.desk.ask(ReadInsight(id)).result().insight
    bench.desk.do(CorrectInsight((id,), "sentiment", "negative")).result()
    bench.desk.do(CorrectInsight((id,), "intent", "press")).result()
    now = bench.desk.ask(ReadInsight(id)).result().insight
    assert (now.sentiment_held, now.intent_held) == (Sentiment.NEGATIVE, Intent.PRESS)
    bench.desk.do(Undo()).result()
    bench.desk.do(Undo()).result()
    assert bench.desk.ask(ReadInsight(id)).result().insight == before
