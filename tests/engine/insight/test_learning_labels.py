"""Labels are learned anew by their answers: one whose answers are as they were costs nothing, and
what is learned is what learning all of them anew would give."""

import random
from dataclasses import replace

import pytest

from socialdesk.analysis import teaching
from socialdesk.domain.learning import LessonReport
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.commands import AddLabel, Redo, RemoveLabel, SetStatus, Undo
from socialdesk.engine.commands.insight import ResetLearning, TakeUpLearning
from socialdesk.engine.insight.learning import Learning
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.store.insight import learned
from socialdesk.store.triage import corrections
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


@pytest.fixture
def taught_labels(monkeypatch) -> list[str]:
    """The names of those that are learned, as it happens."""
    names, teach = [], teaching.teach_label

    def told(name, *rest):
        names.append(name)
        return teach(name, *rest)

    monkeypatch.setattr(teaching, "teach_label", told)
    return names


def lessons(engine: Engine) -> tuple[list[LessonReport], dict[str, bytes]]:  # noqa: F811
    """Of labels, without when: reports by their names, weights by their numbers."""
    reports = engine.desk.ask(ReadLearning()).result().reports
    plain = [replace(r, at=0) for r in reports if r.key.startswith("label:")]
    weights = engine.desk._readers.here(learned.read_weights)
    return plain, {key: one for key, one in weights.items() if key.startswith("label:")}


def learn_all_anew(engine: Engine) -> None:  # noqa: F811
    kept = engine.desk.understanding._learning
    anew = Learning(kept._kit, kept._analyst, kept._again)
    anew._learn(engine.desk._readers.here(corrections.answered))


def test_an_act_on_a_label_has_that_label_learned(bakery, taught_labels):
    engine, ids = bakery  # noqa: F811
    engine.desk.do(AddLabel((ids[3],), "cakes")).result()
    engine.turn()
    engine.desk.do(RemoveLabel((ids[1],), "teas")).result()
    engine.turn()
    assert taught_labels == ["cakes", "teas"]
    reports, weights = lessons(engine)
    assert [report.key for report in reports] == ["label:cakes", "label:teas", "label:rolls"]
    assert len(weights) == 3


def test_a_decision_has_each_label_learned_that_it_tells_something(bakery, taught_labels):
    """What was decided without a label is a counter-example of it."""
    engine, ids = bakery  # noqa: F811
    (new,) = engine.page("no cakes, no teas and no rolls")
    engine.desk.do(SetStatus((new,), Status.DONE.value, Disposition.REPLIED.value)).result()
    engine.desk.do(RemoveLabel((ids[0],), "cakes")).result()
    engine.turn()
    assert sorted(taught_labels) == sorted(NAMES)


def test_a_label_taken_off_is_learned_from_as_one_put_on(bakery):
    engine, ids = bakery  # noqa: F811
    assert [report.n for report in lessons(engine)[0]] == [80, 80, 80]
    engine.desk.do(RemoveLabel((ids[1], ids[5]), "teas")).result()
    engine.turn()
    assert [report.n for report in lessons(engine)[0]] == [80, 76, 80]


def test_what_is_undone_and_redone_of_a_label_is_learned_at_once(bakery):
    engine, ids = bakery  # noqa: F811
    before = lessons(engine)
    engine.desk.do(RemoveLabel((ids[1], ids[5]), "teas")).result()
    engine.turn()
    without = lessons(engine)
    assert without != before
    engine.desk.do(Undo()).result()
    engine.turn()
    assert lessons(engine) == before
    engine.desk.do(Redo()).result()
    engine.turn()
    assert lessons(engine) == without


@pytest.mark.parametrize("seed", range(5))
def test_what_is_learned_is_what_learning_all_anew_gives(bakery, seed):
    engine, ids = bakery  # noqa: F811
    chance = random.Random(seed)

    def some():
        return tuple(chance.sample(ids, chance.randint(1, 12)))

    others = (
        lambda: SetStatus(some(), Status.DONE.value, Disposition.REPLIED.value),
        lambda: SetStatus(some(), Status.OPEN.value),
        ResetLearning, TakeUpLearning, Undo,
    )  # fmt: skip
    for _ in range(6):
        for other in chance.sample(others, chance.randint(0, 2)):
            engine.desk.do(other()).exception()
        ids += engine.page(*[f"{chance.choice(NAMES)} again" for _ in range(chance.randint(0, 3))])
        act = chance.choice((AddLabel, RemoveLabel))
        engine.desk.do(act(some(), chance.choice(NAMES))).result()
        engine.turn()
        kept = lessons(engine)
        learn_all_anew(engine)
        assert lessons(engine) == kept
