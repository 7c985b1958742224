"""What was learned with an erased person's words goes with them; the rest is learned anew."""

from socialdesk.engine.commands import contacts as c
from socialdesk.engine.queries.contacts import WeighErasing
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.store.insight import learned
from tests.engine.insight.test_understanding import Engine, engine, taught  # noqa: F401
from tests.makers import a_mention


def learned_by(engine: Engine) -> list[str]:  # noqa: F811
    return [report.key for report in engine.desk.ask(ReadLearning()).result().reports]


def test_what_was_learned_goes_with_somebody_and_is_made_anew(engine, tmp_path):  # noqa: F811
    taught(engine)
    mentions = [a_mention("Hello there", author="wanda")]  # never corrected, a counter-example
    (id,) = engine._save(mentions, engine.analyst.prepare("mastodon", mentions))
    assert learned_by(engine) == ["sentiment:en"]
    (author,) = engine.desk._readers.here(
        lambda conn: conn.execute("SELECT author_id FROM mention WHERE id = ?", (id,)).fetchone()
    )
    name = engine.desk.ask(WeighErasing(author_id=author)).result()["name"]
    erase = c.ErasePerson(name, str(tmp_path / "receipt.json"), author_id=author)
    engine.desk.do(erase).result()
    assert engine.desk._readers.here(learned.read_weights) == {}
    engine.turn()
    assert learned_by(engine) == ["sentiment:en"]
    assert engine.desk._readers.here(learned.read_weights)
