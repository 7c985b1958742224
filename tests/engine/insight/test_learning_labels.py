"""What is learned of labels."""

import pytest

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.commands import AddLabel, RemoveLabel, SetStatus
from socialdesk.engine.queries.learning import ReadLearning
from tests.engine.insight.test_understanding import Engine, engine  # noqa: F401

NAMES = ("cakes", "teas", "rolls")


@pytest.fixture
def bakery(engine) -> tuple[Engine, list[int]]:  # noqa: F811
    """Mentions about three things and the weather in turn, and they wear what they are about."""
    kinds = (*NAMES, "weather")
    ids = engine.page(*[f"{name} of day {n}" for n in range(40) for name in kinds])
    engine.desk.do(SetStatus(ids, Status.DONE.value, Disposition.REPLIED.value)).result()
    for n, name in enumerate(NAMES):
        engine.desk.do(AddLabel(ids[n :: len(kinds)], name)).result()
    engine.turn()
    return engine, list(ids)


def n_of(engine: Engine, label: str) -> int:  # noqa: F811
    """How many answers it was learned from."""
    reports = engine.desk.ask(ReadLearning()).result().reports
    return next(report.n for report in reports if report.key == f"label:{label}")


def test_a_label_taken_off_is_learned_from_as_one_put_on(bakery):
    engine, ids = bakery  # noqa: F811
    assert n_of(engine, "teas") == 80
    engine.desk.do(RemoveLabel((ids[1], ids[5]), "teas")).result()
    engine.turn()
    assert n_of(engine, "teas") == 76
